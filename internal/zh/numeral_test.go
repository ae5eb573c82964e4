package zh

import "testing"

func TestNumeralsAreReadAtTheBeginning(t *testing.T) {
	for _, x := range []struct {
		s       string
		n, used int
	}{
		{"九十条", 90, 6}, {"一百零三条", 103, 12}, {"一千二百六十条", 1260, 18}, {"十条", 10, 3}, {"二十一条", 21, 9}, {"一百一十条", 110, 12},
		{"1260条", 1260, 4}, {"90", 90, 2}, {"123456", 12345, 5},
		{"条", 0, 0}, {"", 0, 0}, {"第三条", 0, 0},
	} {
		if n, used := Numeral(x.s); n != x.n || used != x.used {
			t.Errorf("Numeral(%q) = %d, %d, want %d, %d", x.s, n, used, x.n, x.used)
		}
	}
}
