package search

import (
	"gongkai/internal/zh"
)

// The fields a word can stand in, in the order of both engines.
const (
	inTitle  = iota
	inNumber // document number and index number
	inBody   // and the name of the unit
	inAttachments
	fields
)

// maxWords bounds the words indexed of one document, so that a tsvector (1 MB)
// can hold what FTS5 holds. It is about a million characters.
const maxWords = 400_000

// maxDistinct bounds its different words, for the same reason.
const maxDistinct = 24_000

// maxWord bounds one word in bytes; longer runs of letters are no words.
const maxWord = 96

// analysis is the words of a document, field by field.
type analysis [fields][]string

// analyse cuts a document into the words it is indexed by.
func analyse(d Doc) analysis {
	c := cutter{seg: zh.Default(), known: map[string]string{}}
	var a analysis
	a[inTitle] = c.words(d.Title)
	a[inNumber] = append(c.words(d.DocNo), c.words(d.IndexNo)...)
	if n, ok := zh.ParseDocNo(d.DocNo); ok {
		// The field holds the number alone, so its code word is known to be whole.
		a[inNumber] = append(a[inNumber], n.Key())
	}
	a[inBody] = append(c.words(d.UnitName), c.words(d.Body)...)
	for _, f := range d.Attachments {
		a[inAttachments] = append(a[inAttachments], c.words(f.Name)...)
		a[inAttachments] = append(a[inAttachments], c.words(f.Text)...)
	}
	return a
}

// cutter cuts texts and keeps one copy of each word.
type cutter struct {
	seg    *zh.Segmenter
	known  map[string]string
	total  int
	tokens []zh.Token
	buf    []byte
}

func (c *cutter) words(text string) []string {
	if text == "" {
		return nil
	}
	c.tokens = c.seg.CutSearch(c.tokens[:0], text)
	out := make([]string, 0, len(c.tokens))
	for _, t := range c.tokens {
		if t.Kind < zh.Word {
			continue
		}
		c.buf = zh.AppendFold(c.buf[:0], text[t.Start:t.End])
		if w, ok := c.take(c.buf); ok {
			out = append(out, w)
		}
	}
	for _, n := range zh.FindDocNos(nil, text) {
		if w, ok := c.take([]byte(n.Key())); ok {
			out = append(out, w)
		}
	}
	for _, d := range zh.FindDates(nil, text) {
		if w, ok := c.take([]byte(d.Key())); ok {
			out = append(out, w)
		}
	}
	return out
}

// take answers the word to index for w, or refuses it.
func (c *cutter) take(w []byte) (string, bool) {
	if len(w) == 0 || len(w) > maxWord || c.total >= maxWords {
		return "", false
	}
	s, ok := c.known[string(w)]
	if !ok {
		if stopWords[string(w)] || len(c.known) >= maxDistinct {
			return "", false
		}
		s = string(w)
		c.known[s] = s
	}
	c.total++
	return s, true
}

// stopWords stand in nearly every text and say nothing about it. They are not
// indexed and not asked for.
var stopWords = set(
	"的", "了", "和", "与", "及", "或", "在", "是", "为", "对", "等", "之", "其", "并", "由", "于", "以", "将", "从", "而", "也",
	"被", "把", "向", "这", "那", "就", "都", "着", "所", "但", "又", "则", "该", "各", "应", "可", "以及", "或者", "并且", "而且",
)

// askingWords are how people ask. They are left out of a question, but can be
// found in a text when they are all that is asked for.
var askingWords = set(
	"吗", "呢", "吧", "啊", "么", "谁", "我", "你", "他", "她", "们", "我们", "你们", "怎么", "怎样", "如何", "什么", "为什么", "哪些", "哪个",
	"哪里", "多少", "是否", "能否", "可否", "有没有", "是不是", "能不能", "可不可以", "怎么办", "怎么样", "请问", "想", "想要", "需要", "要",
	"有", "没有", "会", "能", "可以", "不", "被", "给", "让", "吗", "还", "还是", "如果", "应该", "应当", "有关", "关于", "相关", "什么样",
)

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}
