package traditional

import "testing"

func TestTraditionalCharactersAreToldFromSharedOnes(t *testing.T) {
	for old, now := range map[rune]rune{'務': '务', '後': '后', '開': '开', '說': '说', '審': '审'} {
		if !Is(old) || Simplified(old) != now {
			t.Errorf("Is(%c) = %v, Simplified = %c, want true and %c", old, Is(old), Simplified(old), now)
		}
	}
	for _, r := range "中华人民共和国於昇乾著噁后里面a，𠀀" {
		if Is(r) || Simplified(r) != r {
			t.Errorf("Is(%c) = %v, Simplified = %c, want no change", r, Is(r), Simplified(r))
		}
	}
}
