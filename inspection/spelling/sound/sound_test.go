package sound

import "testing"

func TestLikenessIsToldByItsClosestKind(t *testing.T) {
	for _, c := range []struct {
		a, b rune
		want Likeness
	}{{'任', '仍', Near}, {'任', '公', None}, {'事', '士', Same}, {'披', '批', Same}, {'行', '航', Same}, {'金', '经', Near}, {'农', '龙', Near}, {'己', '已', Look}, {'A', '已', None}} {
		if got := Alike(c.a, c.b); got != c.want {
			t.Errorf("Alike(%c, %c) = %d, want %d", c.a, c.b, got, c.want)
		}
	}
}
