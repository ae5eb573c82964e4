package readingtest

import "strings"

// rewords are words agencies put for those of the form.
var rewords = strings.NewReplacer("本年新收政府信息公开申请数量", "本年新收申请数量", "上年结转政府信息公开申请数量", "上年度结转申请数量", "本年度办理结果", "本年办理结果",
	"属于国家秘密", "涉及国家秘密", "禁止公开", "禁止公开的", "内部事务信息", "内部事务", "过程性信息", "过程信息", "行政执法案卷", "行政执法案卷信息", "不掌握", "未掌握",
	"另行制作", "另行制作的", "重复申请", "重复提出申请", "结转下年度继续办理", "结转下年继续办理", "未经复议直接起诉", "直接起诉", "对外公开总数量", "公开总数量")

// renumbered writes the ordinal in front of a label another way, or leaves it out.
func renumbered(d *Dice, s string) string {
	head, rest, ok := strings.Cut(s, ".")
	if ok && len(head) == 1 && head >= "1" && head <= "8" {
		switch d.N(6) {
		case 0:
			return head + "、" + rest
		case 1:
			return "（" + head + "）" + rest
		case 2:
			return string('①'+rune(head[0]-'1')) + rest
		case 3:
			return wide(head) + "．" + rest
		case 4:
			return rest
		}
		return head + " " + rest
	}
	if head, rest, ok = strings.Cut(s, "）"); ok && strings.HasPrefix(head, "（") && len([]rune(head)) == 2 {
		return Pick(d, "("+head[len("（"):]+")"+rest, head[len("（"):]+"、"+rest, "（"+head[len("（"):]+"） "+rest, rest)
	}
	if head, rest, ok = strings.Cut(s, "、"); ok && len([]rune(head)) == 1 {
		return Pick(d, head+". "+rest, head+"."+rest, head+" "+rest, rest)
	}
	return s
}

// alike are characters that OCR takes for each other.
var alike = map[rune][]rune{'本': {'木', '未'}, '未': {'末', '本'}, '已': {'己'}, '人': {'入', '八'}, '入': {'人'}, '公': {'会', '分'}, '开': {'升', '幵'}, '类': {'娄'},
	'事': {'亊'}, '务': {'备'}, '信': {'倍'}, '息': {'恳'}, '数': {'敉'}, '据': {'根', '掘'}, '勾': {'匀'}, '稽': {'毯'}, '关': {'头', '夫'}, '系': {'糸'}, '第': {'笫'},
	'三': {'二'}, '安': {'女'}, '全': {'金'}, '定': {'走'}, '密': {'蜜'}, '国': {'囯'}, '家': {'豕'}, '其': {'共'}, '他': {'也', '池'}, '法': {'注'}, '律': {'津'}, '规': {'現'},
	'禁': {'楚'}, '保': {'俣'}, '护': {'沪'}, '权': {'杈'}, '益': {'盖'}, '内': {'肉'}, '部': {'邵'}, '过': {'迂'}, '程': {'稈'}, '性': {'牲'}, '执': {'扶'}, '案': {'桉'},
	'卷': {'巻'}, '查': {'杳'}, '询': {'洵'}, '机': {'杌'}, '掌': {'拿'}, '握': {'捤'}, '没': {'设'}, '有': {'冇'}, '现': {'规'}, '成': {'戊'}, '补': {'扑'}, '正': {'止'},
	'申': {'甲', '由'}, '请': {'清'}, '容': {'客'}, '明': {'朋'}, '确': {'硝'}, '访': {'仿'}, '举': {'兴'}, '报': {'振'}, '投': {'役'}, '诉': {'拆'}, '重': {'里'},
	'复': {'夏'}, '求': {'术'}, '提': {'捉'}, '供': {'洪'}, '版': {'叛'}, '物': {'吻'}, '理': {'埋'}, '由': {'田'}, '大': {'太'}, '量': {'里'}, '反': {'友'}, '处': {'外'},
	'总': {'急'}, '计': {'汁'}, '结': {'给'}, '转': {'砖'}, '下': {'不'}, '年': {'午'}, '度': {'庋'}, '继': {'维'}, '续': {'绩'}, '办': {'力'}, '行': {'衍'}, '政': {'攻'},
}

// misread harms one character in five at most, and at least one. The ordinal in
// front stays, as OCR reads digits and brackets best.
func misread(d *Dice, s string) string {
	r := []rune(s)
	from := 0
	for from < len(r) && strings.ContainsRune("（）()一二三四五六七、.0123456789第", r[from]) {
		from++
	}
	if len(r)-from < 3 {
		return s
	}
	if d.Chance(6) { // its second half lies outside of the frame
		return string(r[:from+(len(r)-from+1)/2])
	}
	for range d.Between(1, max(1, (len(r)-from)/5)) {
		i := d.Between(from, len(r)-1)
		switch d.N(6) {
		case 0:
			r = append(r[:i:i], r[i+1:]...)
		case 1:
			r = append(r[:i+1:i+1], r[i:]...)
		case 2:
			r[i] = Pick(d, '奎', '亍', '囗', '丶', '毎', '厶', '勹')
		default:
			if look := alike[r[i]]; len(look) > 0 {
				r[i] = Pick(d, look...)
			}
		}
	}
	return string(r)
}

// spaced puts one to three spaces into a label.
func spaced(d *Dice, s string) string {
	r := []rune(s)
	if i := strings.IndexByte(s, '.'); i > 0 && i < 3 && d.Chance(60) {
		return s[:i+1] + " " + s[i+1:]
	}
	for range d.Between(1, 3) {
		if len(r) < 2 {
			break
		}
		i := d.Between(1, len(r)-1)
		r = append(r[:i:i], append([]rune{' '}, r[i:]...)...)
	}
	return string(r)
}

// wrapped breaks a label once or twice, anywhere.
func wrapped(d *Dice, s string) string {
	r := []rune(s)
	for range d.Between(1, 2) {
		if len(r) < 4 {
			break
		}
		i := d.Between(1, len(r)-1)
		r = append(r[:i:i], append([]rune{'\n'}, r[i:]...)...)
	}
	return string(r)
}

// apart writes a head word by character or by two, as narrow columns do.
func apart(d *Dice, s string) string {
	by, with := Pick(d, 1, 1, 2), Pick(d, "\n", "\n", " ")
	var parts []string
	for r := []rune(s); len(r) > 0; r = r[min(by, len(r)):] {
		parts = append(parts, string(r[:min(by, len(r))]))
	}
	return strings.Join(parts, with)
}
