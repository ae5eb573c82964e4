// Command gen packs jieba's word list into ../dict.gz.
//
// It takes the list as it lies in Debian's package python3-jieba:
//
//	apt-get download python3-jieba && dpkg-deb -x python3-jieba_*.deb jieba
//	go run ./internal/zh/gen -out internal/zh/dict.gz \
//		jieba/usr/lib/python3/dist-packages/jieba/dict.txt
//
// dict.sh in this folder does both. Of each line (word, frequency, part of
// speech) word and frequency are kept; words with anything but letters, digits
// and ideographs are left out, because a token never spans a mark.
package main

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"

	"gongkai/internal/zh"
)

func main() {
	out := flag.String("out", "dict.gz", "file to write")
	flag.Parse()
	if err := run(*out, flag.Arg(0)); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(out, in string) error {
	words, freq, err := read(in)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := zh.PackDictionary(&b, words, freq); err != nil {
		return err
	}
	fmt.Printf("%d words, %d bytes\n", len(words), b.Len())
	return os.WriteFile(out, b.Bytes(), 0o644)
}

func read(name string) (words []string, freq []int, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	for in.Scan() {
		word, rest, _ := strings.Cut(in.Text(), " ")
		count, _, _ := strings.Cut(rest, " ")
		n, err := strconv.Atoi(count)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %q: %w", name, in.Text(), err)
		}
		if zh.WordRunes(word) {
			words, freq = append(words, word), append(freq, n)
		}
	}
	return words, freq, in.Err()
}
