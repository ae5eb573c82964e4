package spelling

import (
	"slices"
	"strings"
	"testing"

	"gongkai/inspection/rule"
	"gongkai/inspection/usage"
)

// site is a site of a hundred texts, some of which say something besides.
func site(says string, texts int) *usage.Counts {
	c := usage.New(100)
	for i := range 100 {
		s := "区政府召开常务会议，研究部署有关工作。"
		if i < texts {
			s += says
		}
		c.Add(s)
	}
	return c
}

func suspicions(s string, u rule.Usage) (all []string) {
	t := rule.NewText("document", s)
	New().Check(&rule.File{Name: "a.txt", Texts: []*rule.Text{t}, Usage: u}, t, func(f rule.Finding) {
		if f.Tier == rule.B {
			all = append(all, f.Text+"→"+strings.Join(f.Suggest, "、"))
		}
	})
	return all
}

const (
	coined = "本区推行智惠养老。"
	slip   = "各单位要提高公开的时校性，抓好各项工作。"
)

func TestWhatASiteWritesIsNotSuspected(t *testing.T) {
	alone := suspicions(coined, nil)
	if len(alone) == 0 {
		t.Fatalf("Check(%q) without a site suspects nothing; the example must be something new to the language", coined)
	}
	if got := suspicions(coined, site(coined, 10)); len(got) > 0 {
		t.Errorf("Check(%q) suspects %v, but ten texts of the site write so", coined, got)
	}
	for _, n := range []int{0, 1, 2} { // the text itself, and a copy
		if got := suspicions(coined, site(coined, n)); !slices.Equal(got, alone) {
			t.Errorf("Check(%q) where %d texts write so suspects %v, want %v as without a site", coined, n, got, alone)
		}
	}
}

func TestASlipManyTextsCopyIsStillSuspected(t *testing.T) {
	right := strings.ReplaceAll(slip, "时校性", "时效性")
	c := usage.New(200)
	for range 3 {
		c.Add(slip)
	}
	for range 120 {
		c.Add(right)
	}
	if got := suspicions(slip, c); len(got) == 0 {
		t.Errorf("Check(%q) suspects nothing where three texts have the slip and a hundred write it right", slip)
	}
}

func TestAFewTextsAreNoSite(t *testing.T) {
	c := usage.New(10)
	for range 10 {
		c.Add(coined)
	}
	if got, want := suspicions(coined, c), suspicions(coined, nil); !slices.Equal(got, want) {
		t.Errorf("Check(%q) with ten texts suspects %v, want %v as without", coined, got, want)
	}
}
