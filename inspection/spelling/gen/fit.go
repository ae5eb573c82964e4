package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strings"

	"gongkai/inspection/spelling/planting"
	"gongkai/inspection/spelling/suspect"
)

// example is one candidate and whether it was right.
type example struct {
	signs [suspect.Signs]float32
	right bool
}

// fit plants errors into the laws' Fit share and fits the weights of the signs to
// what tells the errors from the rest (logistic regression). It writes them as Go.
func fit(out, in string) error {
	var all []example
	rng := rand.New(rand.NewPCG(4, 2026))
	var readers []*suspect.Detector
	for _, n := range []int{0, 6, 10, 13} {
		readers = append(readers, suspect.Forgetful(0, n))
	}
	chars, n := 0, 0
	err := laws(in, suspect.Fit, func(text string) {
		if chars > 1_500_000 || len(text) > 300_000 {
			return
		}
		chars += len(text) / 3
		// Half of the laws as a whole, half as if every paragraph stood alone.
		parts := []string{text}
		if n++; n%2 == 0 {
			parts = strings.SplitAfter(text, "\n")
		}
		for _, part := range parts {
			spoiled, errors := planting.Plant(part, rng, 200)
			readers[n/2%len(readers)].Weigh(spoiled, func(f suspect.Suspicion) {
				right, touches := false, false
				for _, e := range errors {
					if e.Start < f.End && f.Start < e.End {
						touches, right = true, part[f.Start:f.End] == f.Right
					}
				}
				if right || !touches {
					all = append(all, example{f.Evidence, right})
				}
			})
		}
	})
	if err != nil {
		return err
	}
	w := regress(all)
	rights := 0
	for _, x := range all {
		if x.right {
			rights++
		}
	}
	fmt.Printf("%d characters, %d candidates, %d right\n", chars, len(all), rights)
	var b strings.Builder
	b.WriteString("package suspect\n\n// weights of the signs, fitted by gen -fit on errors planted in the laws' Fit share.\nvar weights = [Signs]float64{\n")
	for i, v := range w {
		fmt.Fprintf(&b, "\t%.4f, // %s\n", v, suspect.SignNames[i])
	}
	b.WriteString("}\n")
	return os.WriteFile(out, []byte(b.String()), 0o644)
}

// regress goes over the examples with falling steps.
func regress(all []example) (w [suspect.Signs]float64) {
	rng := rand.New(rand.NewPCG(1, 1))
	var sq [suspect.Signs]float64
	for round := range 12 {
		for _, i := range rng.Perm(len(all)) {
			x := &all[i]
			z := 0.0
			for k, v := range x.signs {
				z += w[k] * float64(v)
			}
			miss := -1 / (1 + math.Exp(-z))
			if x.right {
				miss++
			}
			for k, v := range x.signs {
				if v != 0 {
					g := miss*float64(v) - 1e-5*w[k]
					sq[k] += g * g
					w[k] += 0.3 / float64(round+1) * g / math.Sqrt(sq[k]+1e-6)
				}
			}
		}
	}
	return w
}
