package engine

import (
	_ "embed"
	"encoding/json"

	"gongkai/inspection/rule"
)

// measured.json is written by the test that measures the rules on the corpora:
//
//	GONGKAI_ALL=1 go test ./inspection/engine -run Measured -update
//
//go:embed measured.json
var measuredData []byte

// attach tells every rule how it did on the corpora.
func attach(families []rule.Checker) {
	var all map[string]*rule.Measure
	if err := json.Unmarshal(measuredData, &all); err != nil {
		panic(err)
	}
	for _, f := range families {
		rules := f.Pack().Rules
		for i := range rules {
			rules[i].Measured = all[rules[i].Code]
		}
	}
}
