// Command gen writes what the rules on citations know of laws: data/articles.tsv, the
// number of articles of the laws and administrative regulations in their newest text,
// and data/repealed.tsv, what their closing articles repeal.
//
//	go run ./inspection/citation/gen -out inspection/citation/data laws.jsonl.gz
//
// The input is one JSON object a line with title, level, publish_date and text. Laws
// and regulations are not protected by copyright (著作权法第五条); only facts about
// them are written.
package main

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

type law struct {
	Title   string `json:"title"`
	Level   string `json:"level"`
	Day     string `json:"publish_date"`
	Text    string `json:"text"`
	Expired int    `json:"expired"`
}

var (
	article  = regexp.MustCompile(`(?m)^第[一二三四五六七八九十百千零]+条[ 　\n]`)
	repeals  = regexp.MustCompile(`自(\d{4})年(\d+)月(\d+)日起(?:施行|生效|实施)。?([^\n]*?)(?:同时)?(?:废止|失效)`)
	named    = regexp.MustCompile(`《([^《》]+)》`)
	brackets = regexp.MustCompile(`\(.*?\)`)
)

func main() {
	out := flag.String("out", ".", "folder to write to")
	flag.Parse()
	if err := write(*out, flag.Arg(0)); err != nil {
		log.Fatal(err)
	}
}

func write(out, in string) error {
	newest, err := read(in)
	if err != nil {
		return err
	}
	titles := make([]string, 0, len(newest))
	for t := range newest {
		titles = append(titles, t)
	}
	slices.Sort(titles)
	var articles, gone []string
	for _, t := range titles {
		l := newest[t]
		if n := len(article.FindAllString(l.Text, -1)); n >= 10 && l.Day != "" {
			articles = append(articles, t+"\t"+l.Day+"\t"+strconv.Itoa(n))
		}
		for _, m := range repeals.FindAllStringSubmatch(l.Text, -1) {
			month, _ := strconv.Atoi(m[2])
			day, _ := strconv.Atoi(m[3])
			for _, x := range named.FindAllStringSubmatch(m[4], -1) {
				// A title that lives on names another text of the same law.
				if _, lives := newest[x[1]]; !lives && x[1] != t && !strings.Contains(x[1], "草案") {
					gone = append(gone, fmt.Sprintf("%s\t%s-%02d-%02d\t%s", x[1], m[1], month, day, t))
				}
			}
		}
	}
	slices.Sort(gone)
	gone = slices.CompactFunc(gone, func(a, b string) bool {
		x, _, _ := strings.Cut(a, "\t")
		y, _, _ := strings.Cut(b, "\t")
		return x == y
	})
	if err := list(filepath.Join(out, "articles.tsv"), "# title\tday of its newest text\tarticles; written by gen", articles); err != nil {
		return err
	}
	return list(filepath.Join(out, "repealed.tsv"), "# title\trepealed from\tsuccessor; written by gen from closing articles", gone)
}

// read returns the newest text of every law and administrative regulation by title.
func read(in string) (map[string]law, error) {
	f, err := os.Open(in)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	newest := map[string]law{}
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var l law
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			return nil, err
		}
		t := strings.TrimSpace(brackets.ReplaceAllString(l.Title, ""))
		if l.Expired == 0 && (l.Level == "法律" || l.Level == "行政法规" || l.Level == "宪法") && cmp.Compare(l.Day, newest[t].Day) >= 0 {
			newest[t] = l
		}
	}
	return newest, lines.Err()
}

func list(path, head string, lines []string) error {
	return os.WriteFile(path, []byte(head+"\n"+strings.Join(lines, "\n")+"\n"), 0o644)
}
