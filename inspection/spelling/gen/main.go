// Command gen makes the data by which package suspect judges: words and pairs of
// words, learnt from a general language model and from laws, and the forests that
// weigh the signs. model.sh fetches the model and calls it:
//
//	go run ./inspection/spelling/gen -arpa lm_sc.arpa -out inspection/spelling/suspect/data laws.jsonl.gz
//
// The laws are one JSON object a line with "title" and "text". Laws, regulations
// and official documents are not protected by copyright (著作权法第五条). One law in
// ten, told by its title so that all its versions go together, is left out: the
// test set; another tenth is left for fitting (see Part).
package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"os"

	"gongkai/inspection/spelling/suspect"
)

func main() {
	out := flag.String("out", ".", "folder or file to write")
	arpa := flag.String("arpa", "lm_sc.arpa", "the general language model")
	least := flag.Int("least", 2, "how often a pair must be seen in laws")
	triples := flag.Bool("phrases", false, "write which three words were seen one after another instead; out is a file")
	weights := flag.Bool("fit", false, "grow the forest instead; out is a file")
	gaps := flag.Bool("gaps", false, "and that of characters left out and typed twice")
	clean := flag.String("clean", ".", "folder of clean.tsv, for fitting")
	wrongs := flag.Bool("forms", false, "write wrong forms of official words instead")
	phrased := flag.Bool("slips", false, "write wrong forms of phrases of offices instead; files and folders of right texts may follow the laws")
	said := flag.String("readings", "", "write the readings of this list instead")
	measure := flag.String("curve", "", "print recall against false alarms on the texts of this folder instead")
	names := flag.Bool("titles", false, "write the names of the laws instead")
	flag.Parse()
	act := func() error { return learn(*out, *arpa, flag.Arg(0), *least) }
	if *measure != "" {
		act = func() error { return curve(*measure, flag.Arg(0)) }
	}
	if *wrongs {
		act = func() error { return forms(*out, *arpa, *clean, flag.Arg(0)) }
	}
	if *phrased {
		act = func() error { return slips(*out, *arpa, *clean, flag.Arg(0), flag.Args()[min(1, flag.NArg()):]) }
	}
	if *said != "" {
		act = func() error { return readings(*out, *said) }
	}
	if *weights {
		act = func() error { return fit(*out, *arpa, *clean, flag.Arg(0), *gaps) }
	}
	if *triples {
		act = func() error { return threes(*out, *arpa, flag.Arg(0)) }
	}
	if *names {
		act = func() error { return titles(*out, flag.Arg(0)) }
	}
	if err := act(); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

// laws calls f with the text of every law of a share.
func laws(in string, share suspect.Share, f func(text string)) error {
	r, err := os.Open(in)
	if err != nil {
		return err
	}
	defer r.Close()
	z, err := gzip.NewReader(r)
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var law struct{ Title, Text string }
		if err := json.Unmarshal(lines.Bytes(), &law); err != nil {
			return err
		}
		if suspect.Part(law.Title) == share {
			f(law.Text)
		}
	}
	return lines.Err()
}
