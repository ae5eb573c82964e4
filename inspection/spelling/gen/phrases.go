package main

import (
	"fmt"
	"os"

	"gongkai/inspection/spelling/suspect"
)

// oftenEnough is how often laws must have three words one after another for them to
// count as seen.
const oftenEnough = 3

// phrases of everyday text, for a model of it.
func (g *general) phrases(m *suspect.Model) *suspect.Phrases {
	p := suspect.NewPhrases()
	for _, w := range g.three {
		p.Add(m, w[0], w[1], w[2])
	}
	return p
}

// threes writes the phrases of everyday text and of laws, for the model that is
// embedded.
func threes(out, arpa, in string) error {
	g, err := readGeneral(arpa)
	if err != nil {
		return err
	}
	m := suspect.Embedded()
	p := g.phrases(m)
	seen := map[[3]string]int{}
	err = laws(in, suspect.Train, func(s string) {
		var last [3]string
		m.Cut(s, func(w string) {
			if last = [3]string{last[1], last[2], w}; last[0] > suspect.Number && last[1] > suspect.Number && w > suspect.Number {
				seen[last]++
			}
		})
	})
	if err != nil {
		return err
	}
	n := 0
	for w, many := range seen {
		if many >= oftenEnough {
			p.Add(m, w[0], w[1], w[2])
			n++
		}
	}
	fmt.Printf("%d phrases of everyday text, %d of laws\n", len(g.three), n)
	return os.WriteFile(out, p.Bytes(), 0o644)
}
