package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"unicode/utf8"
)

// titles writes the names of the laws and administrative regulations, one a line.
func titles(out, in string) error {
	r, err := os.Open(in)
	if err != nil {
		return err
	}
	defer r.Close()
	z, err := gzip.NewReader(r)
	if err != nil {
		return err
	}
	var all []string
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var law struct{ Title, Level string }
		if err := json.Unmarshal(lines.Bytes(), &law); err != nil {
			return err
		}
		t := strings.TrimPrefix(strings.TrimSpace(law.Title), "中华人民共和国")
		n := utf8.RuneCountInString(t)
		if (law.Level == "法律" || law.Level == "行政法规") && n >= 3 && n <= 30 && !strings.ContainsAny(t, "（）()《》 、") && !strings.Contains(t, "关于") {
			all = append(all, t)
		}
	}
	slices.Sort(all)
	text := "# Names of laws and administrative regulations without 中华人民共和国, written by gen -titles.\n" + strings.Join(slices.Compact(all), "\n") + "\n"
	if err := lines.Err(); err != nil {
		return err
	}
	return os.WriteFile(out, []byte(text), 0o644)
}
