package spelling

import (
	"slices"
	"strings"
	"testing"

	"gongkai/inspection/rule"
	"gongkai/inspection/spelling/sound"
	"gongkai/inspection/spelling/suspect"
	"gongkai/inspection/usage"
)

func TestConfusedWordsSoundAlikeAndAreOnlySuspected(t *testing.T) {
	n := 0
	eachLine(confusedData, func(wrong, right, class string) {
		n++
		w, r := []rune(wrong), []rune(right)
		if class != confused || len(w) != len(r) || wrong == right {
			t.Errorf("%s → %s (%s) is not one word for another", wrong, right, class)
			return
		}
		for i := range w {
			if w[i] != r[i] && sound.Alike(w[i], r[i]) == sound.None {
				t.Errorf("%s → %s: %c and %c are not alike", wrong, right, w[i], r[i])
			}
		}
		var got []rule.Finding
		text := rule.NewText("document", "，"+wrong+"，")
		New().Check(&rule.File{Name: "a.txt", Texts: []*rule.Text{text}}, text, func(f rule.Finding) { got = append(got, f) })
		if len(got) != 1 || got[0].Tier != rule.B || !slices.Equal(got[0].Suggest, []string{right}) {
			t.Errorf("Check(%s) = %+v, want %s suspected", wrong, got, right)
		}
	})
	if n < 100 {
		t.Errorf("only %d confused words are listed", n)
	}
}

func TestConfusedWordsStandInNoLaw(t *testing.T) {
	var wrong, right []string
	eachLine(confusedData, func(w, r, _ string) { wrong, right = append(wrong, w), append(right, r) })
	list := newList(wrong, right)
	for _, share := range []suspect.Share{suspect.Train, suspect.Fit, suspect.Test} {
		found := 0
		laws(t, share, func(law string) {
			list.each(law, func(m match) {
				found++
				t.Logf("%s in a law", wrong[m.word])
			})
		})
		if found > 2 { // a law may have a slip, too
			t.Errorf("%d confused words stand in laws of share %d, want two at most", found, share)
		}
	}
}

func TestASiteMayMeanTheOtherWord(t *testing.T) {
	const s = "本会编制业主权利清单，发放到户。"
	if got := suspicions(s, nil); len(got) != 1 || !strings.HasPrefix(got[0], "权利清单→") {
		t.Fatalf("Check(%q) suspects %v, want 权利清单", s, got)
	}
	c := usage.New(100)
	for i := range 100 {
		text := "区政府召开常务会议。"
		if i < 5 {
			text += s
		}
		c.Add(text)
	}
	if got := suspicions(s, c); len(got) > 0 {
		t.Errorf("Check(%q) suspects %v where five texts of the site say so", s, got)
	}
}
