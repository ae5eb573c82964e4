package document

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// treeOf counts what a parser makes of a page: elements, texts and half the attributes.
func treeOf(t *testing.T, page string) (n int) {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Skip()
	}
	for x := range root.Descendants() {
		n += 1 + len(x.Attr)/2
	}
	return n
}

func TestTheWeightOfAPageIsAboutThatOfItsTree(t *testing.T) {
	for name, page := range map[string]string{
		"paragraphs":      strings.Repeat("<p>示例市明镜区的<b>一段</b>文字。</p>\n", 1000),
		"a table":         "<table>" + strings.Repeat("<tr><td>1</td><td><font color=red>甲</font></td></tr>", 1000) + "</table>",
		"a menu":          "<ul>" + strings.Repeat(`<li><a href="/a" class="b">栏目</a></li>`, 1000) + "</ul>",
		"left open":       strings.Repeat("<b a=1><i>", 10) + strings.Repeat("<p>甲", 1000),
		"links left open": strings.Repeat(`<a href="/a"><p>甲`, 1000),
		"all alike":       strings.Repeat("<font color=red><p>甲", 300),
	} {
		b, _ := fuzzed(KindHTML)
		weight, err := weightOf(b.alive, page)
		if tree := treeOf(t, page); err != nil || weight < tree/2 || weight > 12*tree {
			t.Errorf("%s weighs %d (%v), its tree %d", name, weight, err, tree)
		}
	}
}

// many is a piece over and over with its number in it.
func many(piece string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, piece, i)
	}
	return b.String()
}

// FuzzWeight compares the weight of pages with their trees: no tree is much heavier.
func FuzzWeight(f *testing.F) {
	for _, s := range []string{"<b><i><a href=x><p>甲", "<b a b c d><p>1<p>2<p>3<table>x<td>y</table>", "<a><div><a><b><p></a></b></p></a>", "<font 1><font 2><font 3><font 4><font 4><font 4><font 4><p>x</p>y<p>z",
		"<select><option><b>x<option>y", "<svg><b><p>x<math><mi><font color=x>", "<frameset><template><b><td>x", "<ruby><rb>1<rt>2</ruby></p></br><isindex><button><b><button>"} {
		f.Add(s, uint8(3))
	}
	f.Fuzz(func(t *testing.T, s string, times uint8) {
		if len(s) > 2000 {
			t.Skip()
		}
		page := strings.Repeat(s, int(times)+1)
		b, _ := fuzzed(KindHTML)
		weight, err := weightOf(b.alive, page)
		if err != nil {
			return
		}
		if tree := treeOf(t, page); tree > 8*weight+20 {
			t.Fatalf("%q %d times weighs %d, its tree %d", s, int(times)+1, weight, tree)
		}
	})
}

// A page too heavy for a tree, or too deep, still has its words: they are inspected.
func TestAPageWithoutATreeKeepsItsWords(t *testing.T) {
	for name, page := range map[string]string{
		"heavy": many("<b a%d=1>", 500) + strings.Repeat("<p>甲乙", 5000),
		"deep":  strings.Repeat("<div>", 5000) + "<p>甲乙",
	} {
		if got := Text(page); !strings.HasPrefix(got, "甲乙") {
			t.Errorf("%s: Text = %.20q, want its words", name, got)
		}
		if got := Text(Clean(page)); !strings.Contains(got, "甲乙") {
			t.Errorf("%s: Text(Clean) = %.20q, want its words", name, got)
		}
	}
}
