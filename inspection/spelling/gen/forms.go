package main

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"gongkai/inspection/spelling"
	"gongkai/inspection/spelling/sound"
	"gongkai/internal/zh"
)

// A form is a wrong form of a word that official texts use.
type form struct {
	wrong, right string
	weight       float64 // how often laws use the word, times how common the wrong character is
	off          int     // which character is wrong
	chance       float64 // how probable the form is by chance
	phrase       bool    // of two words
}

const (
	mostForms   = 8000
	accident    = 2e-9 // how probable a form may be by chance
	accidents   = 4e-7 // and all of them together
	phrases     = 150  // how often laws must use two words together
	wellKnown   = 6    // logarithm of how often the dictionary counted a character that is typed
	perWord     = 8    // wrong forms of one word
	official    = 15   // how often laws must use a word
	wellListed  = 4.5  // logarithm of how often the dictionary counted it
	commonTyped = 10.0 // what a character may cost that is typed by mistake
	functional  = 7.3  // a character that costs less is beside everything
	clearer     = 3.0  // how much commoner than another word with the same wrong form
)

// names are characters that given names are made of; two of them in a row may be one.
const names = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂辉玲华红梅建国文志玉金春海永德荣生新庆福祥成龙凤云清林东波峰斌宇浩凯健俊帆宁鑫欣雪琳莉萍燕凌晨阳光振中学锋义兴良胜利康安宝贵全民仁和宏达顺吉瑞嘉佳怡婷慧颖洁雅琴琪瑶璐萌月雨晓小天子思梦如一心正方立世昌运才发武开元启先作之为友长士维启轩泽博然诚卫彬富民权少宗绍继培树根万水火木土石山川江河湖洪源润松柏竹菊莲荷蓉菲薇茹芝芬芸苗茂莹晶晴昊昕旭昱晖景智信礼孝忠廉"

// family are the characters that begin names.
const family = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺"

// foreign characters spell foreign names, those of places are in names of places, and
// numbers stand before anything.
const foreign = "一二三四五六七八九十百千万零两尔斯克拉尼亚伊阿巴卡洛维奇莱茨姆丹瓦芬蒂妮戈沃佐州县镇乡村庄河江湖山岛溪港湾沟坪坝岗屯堡寨桥"

// forms writes wrong forms of words that laws use and everybody knows. A form is
// only taken if nothing speaks for it: it stands in no word, in no text at hand, and
// its characters were never seen beside each other where words meet.
func forms(out, arpa, clean, in string) error {
	g, t, err := everyday(arpa, in, 1)
	if err != nil {
		return err
	}
	beside := g.beside(t)
	dict, _ := zh.Dictionary()
	by := map[string][]form{}
	listed := map[string]bool{}
	for _, w := range spelling.HandWritten() {
		listed[w] = true
	}
	try := func(w string, count int, phrase bool) {
		var own []form
		r := []rune(w)
		for off, meant := range r {
			for _, c := range typed(meant) {
				wrong := slices.Clone(r)
				wrong[off] = c
				if p := g.single(c); p < commonTyped && !listed[string(wrong)] && !beside.allows(wrong, off, g) {
					if by := beside.chance(wrong); by < accident {
						own = append(own, form{string(wrong), w, float64(count) * math.Exp(-p/2), off, by, phrase})
					}
				}
			}
		}
		slices.SortFunc(own, func(a, b form) int {
			return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.wrong, b.wrong))
		})
		for _, f := range own[:min(len(own), perWord)] {
			by[f.wrong] = append(by[f.wrong], f)
		}
	}
	for i, w := range g.words {
		n := utf8.RuneCountInString(w)
		v, known := dict.Lookup(w)
		if n < 2 || n > 4 || t.count[i] < official || !known || float64(v)/zh.CostUnit < wellListed {
			continue
		}
		try(w, t.count[i], false)
	}
	for k, c := range t.pairs {
		a, b := int(k>>32), int(uint32(k))
		if c >= phrases && a < len(g.words) && b < len(g.words) && len(g.words[a]) == 6 && len(g.words[b]) == 6 {
			try(g.words[a]+g.words[b], c, true)
		}
	}
	var all []form
	for _, fs := range by {
		slices.SortFunc(fs, func(a, b form) int { return cmp.Compare(b.weight, a.weight) })
		if len(fs) == 1 || fs[0].weight > math.Exp(clearer)*fs[1].weight {
			all = append(all, fs[0])
		}
	}
	if all, err = unseen(all, clean, in); err != nil {
		return err
	}
	worth := func(f form) float64 { // words come before phrases
		w := f.weight / (f.chance + accident/30)
		if f.phrase {
			w /= 1e6
		}
		return w
	}
	slices.SortFunc(all, func(a, b form) int {
		return cmp.Or(cmp.Compare(worth(b), worth(a)), cmp.Compare(a.wrong, b.wrong))
	})
	sum := 0.0
	all = slices.DeleteFunc(all, func(f form) bool {
		if sum+f.chance > accidents {
			return true
		}
		sum += f.chance
		return false
	})
	all = all[:min(len(all), mostForms)]
	slices.SortFunc(all, func(a, b form) int { return cmp.Compare(a.wrong, b.wrong) })
	var b strings.Builder
	b.WriteString("# Wrong forms of words that laws use, by gen -forms: wrong, right. Nothing at hand speaks for any of them.\n")
	for _, f := range all {
		b.WriteString(f.wrong + "\t" + f.right + "\n")
	}
	fmt.Printf("%d forms of %d possible, %.2g by chance\n", len(all), len(by), sum)
	return os.WriteFile(out, []byte(b.String()), 0o644)
}

// typed returns the characters that may be typed for c: of the same sound or look.
func typed(c rune) []rune {
	dict, _ := zh.Dictionary()
	all := slices.Clone(sound.Lookalikes(c))
	for _, o := range sound.Homophones(sound.Main(c)) {
		if v, _ := dict.Lookup(string(o)); o != c && len(sound.Of(o)) == 1 && float64(v)/zh.CostUnit > wellKnown {
			all = append(all, o)
		}
	}
	return all
}

// single is what a character costs as a word of its own.
func (g *general) single(c rune) float64 {
	if id, ok := g.ids[string(c)]; ok {
		return -math.Log(g.p[id])
	}
	return math.Inf(1)
}

// neighbours are the pairs of characters that stand beside each other in words or
// where words meet.
type neighbours struct {
	inside, across map[uint64]bool
	begin, end     map[string]float64 // how probable a word is that begins, or ends, with these characters
}

// chance is how probable it is that a form comes about where two words meet, if
// words followed each other as they please.
func (x *neighbours) chance(w []rune) (p float64) {
	for k := 1; k < len(w); k++ {
		p += x.end[string(w[:k])] * x.begin[string(w[k:])]
	}
	return p
}

func pairKey(a, b rune) uint64 { return uint64(a)<<32 | uint64(b) }

func (g *general) beside(t *tally) *neighbours {
	x := &neighbours{map[uint64]bool{}, map[uint64]bool{}, map[string]float64{}, map[string]float64{}}
	n := len(g.words)
	total := 0
	for _, c := range t.count {
		total += c
	}
	first, last := make([]rune, n), make([]rune, n)
	for i, w := range g.words {
		r := []rune(w)
		first[i], last[i] = r[0], r[len(r)-1]
		p := (g.p[i] + float64(t.count[i])/float64(total)) / 2
		for k := 1; k <= min(3, len(r)); k++ {
			x.begin[string(r[:k])] += p
			x.end[string(r[len(r)-k:])] += p
		}
		for k := range r[1:] {
			x.inside[pairKey(r[k], r[k+1])] = true
		}
	}
	meet := func(k uint64) {
		if a, b := int(k>>32), int(uint32(k)); a < n && b < n {
			x.across[pairKey(last[a], first[b])] = true
		}
	}
	for k := range g.pairs {
		meet(k)
	}
	for k := range t.pairs {
		meet(k)
	}
	return x
}

// allows tells whether something speaks for a form: then it is no sure error.
func (x *neighbours) allows(w []rune, off int, g *general) bool {
	if _, is := g.ids[string(w)]; is || strings.ContainsRune(foreign, w[off]) || strings.ContainsRune(particles, w[off]) {
		return true
	}
	usual := func(i int) bool { // w[i], w[i+1]
		k := pairKey(w[i], w[i+1])
		return x.inside[k] || x.across[k]
	}
	if len(w) == 2 {
		if strings.ContainsRune(family, w[0]) || strings.ContainsRune(names, w[0]) && strings.ContainsRune(names, w[1]) {
			return true
		}
		return usual(0) || g.single(w[0]) < functional || g.single(w[1]) < functional || strings.ContainsRune(foreign, w[1-off])
	}
	if len(w) == 3 && strings.ContainsRune(family, w[0]) && strings.ContainsRune(names, w[1]) && strings.ContainsRune(names, w[2]) {
		return true
	}
	// One side of the wrong character at least must be strange, and the whole no
	// string of common single words.
	return (off == 0 || usual(off-1)) && (off == len(w)-1 || usual(off)) || g.single(w[off]) < functional-1
}

const particles = "的地得"

// unseen drops the forms that stand in any law or clean sentence.
func unseen(all []form, clean, in string) ([]form, error) {
	patterns := make([]string, len(all))
	for i, f := range all {
		patterns[i] = f.wrong
	}
	m := zh.NewMatcher(patterns, nil)
	stands := make([]bool, len(all))
	look := func(s string) {
		m.Each(s, func(x zh.Match) bool { stands[x.Pattern] = true; return true })
	}
	b, err := os.ReadFile(filepath.Join(clean, "clean.tsv"))
	if err != nil {
		return nil, err
	}
	n := 0
	for line := range strings.Lines(string(b)) {
		if n++; n%2 == 1 {
			look(line)
		}
	}
	f, err := os.Open(in)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var law struct{ Title, Text string }
		if err := json.Unmarshal(lines.Bytes(), &law); err != nil {
			return nil, err
		}
		look(law.Title)
		look(law.Text)
	}
	var kept []form
	for i, f := range all {
		if !stands[i] {
			kept = append(kept, f)
		}
	}
	return kept, lines.Err()
}
