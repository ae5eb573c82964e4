package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"gongkai/annualreport/paper/face"
)

// sample is a file of two pages with a heading, a table over both and numbers of
// pages that are read by nobody.
func sample(t *testing.T) []byte {
	t.Helper()
	f, err := face.Serif()
	if err != nil {
		t.Fatal(err)
	}
	file := New(f)
	file.Title, file.Author = "示例（一）\\", "示例市"
	first := file.Page(595, 842)
	first.Text(nil, 500, 800, "— 1 —", Ink{Size: 14})
	file.Bookmark("一、总体情况", 100)
	first.Text(file.Root().Child("H2"), 80, 100, "一、总体情况", Ink{Size: 16, Bold: true})
	table := file.Root().Table("申请情况")
	row := table.Child("TR")
	row.Cell(2, 3, "Row")
	number := row.Cell(1, 1, "")
	first.Text(number, 80, 140, "12", Ink{Size: 10.5})
	second := file.Page(595, 842)
	second.Text(number, 80, 100, "*", Ink{Size: 8})
	second.Text(file.Root().Child("P"), 80, 140, "生僻字\U0010FFF0之后", Ink{Size: 16, Spacing: .5})
	second.Lines(.5, [][4]float64{{80, 90, 200, 90}})
	file.Bookmark("二、主动公开政府信息情况", 100)
	b, err := file.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	if got := string(file.Missing()); got != "\U0010FFF0" {
		t.Errorf("Missing() = %q, want the one character no face has", got)
	}
	return b
}

// read returns the objects of a file by number, streams unpacked.
func read(t *testing.T, b []byte) map[int]string {
	t.Helper()
	out := map[int]string{}
	for _, m := range regexp.MustCompile(`(?s)(\d+) 0 obj\n(.*?)\nendobj\n`).FindAllSubmatch(b, -1) {
		n, _ := strconv.Atoi(string(m[1]))
		body := string(m[2])
		if dict, stream, ok := strings.Cut(body, "stream\n"); ok && strings.Contains(dict, "FlateDecode") {
			z, err := zlib.NewReader(strings.NewReader(strings.TrimSuffix(stream, "\nendstream")))
			if err != nil {
				t.Fatalf("object %d: %v", n, err)
			}
			data, err := io.ReadAll(z)
			if err != nil {
				t.Fatalf("object %d: %v", n, err)
			}
			body = dict + "\n" + string(data)
		}
		out[n] = body
	}
	return out
}

func find(objects map[int]string, pattern string) []string {
	re := regexp.MustCompile(pattern)
	for n := 1; n <= len(objects); n++ {
		if m := re.FindStringSubmatch(objects[n]); m != nil {
			return append(m, strconv.Itoa(n))
		}
	}
	return nil
}

func TestEveryPieceOfTextBelongsToAnElementOrIsAnArtifact(t *testing.T) {
	objects := read(t, sample(t))
	tree := find(objects, `^<</Nums\[0\[(.*?) \]1\[(.*?) \]\]>>$`)
	if tree == nil {
		t.Fatal("the file has no parent tree of two pages")
	}
	page := 0
	for n := 1; n <= len(objects); n++ {
		if !strings.HasPrefix(objects[n], "<</Type/Page/") {
			continue
		}
		contents := regexp.MustCompile(`/Contents (\d+) 0 R`).FindStringSubmatch(objects[n])
		id, _ := strconv.Atoi(contents[1])
		owners := strings.Split(tree[1+page], " R ")
		marks := regexp.MustCompile(`/(\w+)<</MCID (\d+)>>BDC`).FindAllStringSubmatch(objects[id], -1)
		if len(marks) != len(owners) {
			t.Errorf("page %d has %d pieces of marked content and %d owners", page, len(marks), len(owners))
			continue
		}
		for i, m := range marks {
			owner, _ := strconv.Atoi(strings.Fields(owners[i])[0])
			want := fmt.Sprintf("/Type/MCR/Pg %d 0 R/MCID %s>>", n, m[2])
			if m[2] != strconv.Itoa(i) || !strings.Contains(objects[owner], "/S/"+m[1]+"/") || !strings.Contains(objects[owner], want) {
				t.Errorf("page %d: content %s of kind %s belongs to %s", page, m[2], m[1], objects[owner])
			}
		}
		if open, shut := strings.Count(objects[id], "BDC")+strings.Count(objects[id], "BMC"), strings.Count(objects[id], "EMC"); open != shut {
			t.Errorf("page %d opens %d and ends %d pieces of marked content", page, open, shut)
		}
		page++
	}
	if page != 2 {
		t.Errorf("pages = %d, want 2", page)
	}
}

func TestCellsSayWhatTheyHeadAndSpan(t *testing.T) {
	objects := read(t, sample(t))
	for _, want := range []string{`/S/TH/P \d+ 0 R/A<</O/Table/Scope/Row/ColSpan 2/RowSpan 3>>`, `/S/Table/P \d+ 0 R/A<</O/Table/Summary <FEFF7533`, `/S/TD/P`, `/MarkInfo<</Marked true>>/Lang\(zh-CN\)`} {
		if find(objects, want) == nil {
			t.Errorf("no object matches %s", want)
		}
	}
}

func TestTheOutlineLeadsToItsHeadings(t *testing.T) {
	objects := read(t, sample(t))
	first := find(objects, `^<</Title <FEFF4E00[0-9A-F]+>/Parent (\d+) 0 R/Dest\[(\d+) 0 R/XYZ 0 742 null\]/Next (\d+) 0 R>>$`)
	if first == nil {
		t.Fatal("the first bookmark is not there")
	}
	next, _ := strconv.Atoi(first[3])
	if !regexp.MustCompile(`^<</Title <FEFF4E8C[0-9A-F]+>/Parent ` + first[1] + ` 0 R/Dest\[\d+ 0 R/XYZ 0 742 null\]/Prev ` + first[4] + ` 0 R>>$`).MatchString(objects[next]) {
		t.Errorf("the second bookmark is %s", objects[next])
	}
}

func TestEachCharacterIsCopiedOutAsItself(t *testing.T) {
	objects := read(t, sample(t))
	unicode := find(objects, `(?s)beginbfchar\n(.*)endbfchar`)
	if unicode == nil {
		t.Fatal("the file has no table of characters")
	}
	for _, r := range "一总体情况12*生僻字之后〓" {
		if !strings.Contains(unicode[1], fmt.Sprintf("<%04X>\n", r)) {
			t.Errorf("%c is not in the table of characters", r)
		}
	}
	if find(objects, `ActualText <FEFFDBFFDFF0>>>BDC <[0-9A-F]{4}>Tj EMC`) == nil {
		t.Error("the character no face has does not say what it is")
	}
}

func TestFilesAreTheSameEveryTime(t *testing.T) {
	if a, b := sample(t), sample(t); !bytes.Equal(a, b) {
		t.Error("two files of the same calls differ")
	}
}
