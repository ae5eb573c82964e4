package document

import (
	"strconv"
	"strings"
)

// A deck is a presentation being put together, whatever its format: a part for each
// slide that is shown, "第3张幻灯片", and beside them what the audience does not see.
type deck struct {
	b *budget
	d *Doc

	slides   int    // read so far, hidden ones too: what the program numbers
	shown    int    // with words on them
	pictures []int  // slides that have pictures and no words
	hidden   layout // hidden slides, notes, shapes that are hidden or beside the slide
	dark     int    // hidden slides
	noted    int    // slides with notes
	aside    int    // hidden shapes
	said     layout // comments
	comments int
}

// A slide is what stands on one slide.
type slide struct {
	hidden   bool
	title    []Block
	body     []Block
	aside    []Block // shapes nobody sees
	notes    []Block
	comments []string
	pictures int
}

// slideName is how people call a slide.
func slideName(n int) string { return "第" + strconv.Itoa(n) + "张幻灯片" }

// Where words nobody sees stand; unseen tells of each group once.
const (
	deckDark  = "隐藏的幻灯片"
	deckNotes = "幻灯片备注"
	deckAside = "幻灯片上看不见的文字"
)

// inSheets tells the kinds whose text lies in sheets or slides, each a part.
func (k Kind) inSheets() bool {
	switch k {
	case KindXlsx, KindXls, KindODS, KindPptx, KindPpt, KindODP:
		return true
	}
	return false
}

// add takes the next slide.
func (k *deck) add(s slide) error {
	k.slides++
	if k.slides > k.b.lim.MaxPages {
		return tooManySlides(k.b.lim.MaxPages)
	}
	where := slideName(k.slides)
	for i := range s.title {
		if s.title[i].Kind == Paragraph {
			s.title[i].Kind, s.title[i].Level = Heading, 2
		}
	}
	blocks := append(s.title, s.body...)
	switch {
	case s.hidden:
		k.dark++
		if err := k.conceal(deckDark+"!"+where, blocks); err != nil {
			return err
		}
	case len(blocks) > 0:
		if err := k.show(where, blocks); err != nil {
			return err
		}
		if k.d.Title == "" && len(s.title) > 0 {
			k.d.Title = oneLine(plain(s.title))
		} else if first := blocks[0]; k.shown == 1 && first.Kind == Paragraph && runeLen(runsText(first.Runs)) <= 60 {
			k.d.Title = oneLine(runsText(first.Runs)) // a front page without the frame for titles
		}
	case s.pictures > 0:
		k.pictures = append(k.pictures, k.slides)
	}
	if plain(s.aside) != "" {
		k.aside++
		if err := k.conceal(deckAside+"!"+where, s.aside); err != nil {
			return err
		}
	}
	if plain(s.notes) != "" {
		k.noted++
		if err := k.conceal(deckNotes+"!"+where, s.notes); err != nil {
			return err
		}
	}
	for _, c := range s.comments {
		if err := k.comment(where, c); err != nil {
			return err
		}
	}
	return k.b.alive()
}

func (k *deck) show(where string, blocks []Block) error {
	var l layout
	l.blocks(blocks, "", 0)
	if err := k.b.addText(l.s.String()); err != nil {
		return err
	}
	k.shown++
	k.d.Parts = append(k.d.Parts, Part{Name: where, Sheet: true, Text: l.s.String(), Spans: l.spans})
	k.d.Blocks = append(k.d.Blocks, Block{Kind: Heading, Level: 1, Runs: []Run{{Text: where}}})
	k.d.Blocks = append(k.d.Blocks, blocks...)
	return nil
}

func (k *deck) conceal(where string, blocks []Block) error {
	for line := range strings.Lines(plain(blocks)) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if err := k.b.addText(line); err != nil {
			return err
		}
		k.hidden.entry(where, line)
	}
	return nil
}

func (k *deck) comment(where, text string) error {
	if text = collapse(cleanText(text)); text == "" {
		return nil
	}
	k.comments++
	k.said.entry(where, text)
	return k.b.addText(text)
}

// finish adds what stands beside the slides and says what a person should know. It
// refuses a presentation without any words.
func (k *deck) finish() error {
	d := k.d
	d.Pages = k.slides
	if k.hidden.n > 0 {
		d.Parts = append(d.Parts, Part{Name: PartHidden, Text: k.hidden.s.String(), Spans: k.hidden.spans})
	}
	if k.said.n > 0 {
		d.Parts = append(d.Parts, Part{Name: PartComment, Text: k.said.s.String(), Spans: k.said.spans})
	}
	if k.dark > 0 {
		d.note(NoteHidden, k.dark, PartHidden, "演示文稿中有 "+strconv.Itoa(k.dark)+" 张隐藏的幻灯片，放映时不显示，下载的人可以看到。公开前请删除。")
	}
	if k.noted > 0 {
		d.note(NoteHidden, k.noted, PartHidden, "演示文稿中有 "+strconv.Itoa(k.noted)+" 张幻灯片写有备注，放映时不显示，下载的人可以看到。公开前请核对或者删除。")
	}
	if k.aside > 0 {
		d.note(NoteHidden, k.aside, PartHidden, "演示文稿中有 "+strconv.Itoa(k.aside)+" 张幻灯片带有设为隐藏或者移出页面的文字。公开前请删除。")
	}
	if k.comments > 0 {
		d.note(NoteComment, k.comments, PartComment, "演示文稿中有 "+strconv.Itoa(k.comments)+" 条批注，下载的人都能看到。公开前请删除批注。")
	}
	if n := len(k.pictures); n > 0 {
		d.note(NoteNoText, n, "", "演示文稿中"+slideList(k.pictures)+"只有图片，图片中的文字没有读取。请人工核对，并为图片配上文字说明。")
	}
	if len(d.Meta) > 0 {
		d.addMeta()
	}
	if k.shown == 0 && k.hidden.n == 0 && k.said.n == 0 {
		return emptySlides(k.slides)
	}
	return nil
}

// slideList names a few slides.
func slideList(all []int) string {
	const most = 10
	var s []string
	for _, n := range all[:min(len(all), most)] {
		s = append(s, strconv.Itoa(n))
	}
	out := "第" + strings.Join(s, "、") + "张幻灯片"
	if len(all) > most {
		out += "等 " + strconv.Itoa(len(all)) + " 张"
	}
	return out
}
