package writing

import "strings"

// adverbs are words that tell how something is done, and acts what is done as the
// head of a clause; between them 地 belongs.
var (
	adverbs = []string{"全面", "及时", "准确", "有效", "积极", "认真", "严格", "充分", "广泛", "深入", "扎实", "稳步", "主动", "顺利", "圆满", "有序", "高效", "仔细", "耐心", "逐项", "逐步", "迅速", "快速", "切实", "有力", "大力", "极大", "进一步", "不断", "着力", "显著", "较好", "牢固", "持续", "坚决", "精心", "妥善", "合理", "科学", "依法", "自觉", "公正", "客观"}
	acts    = []string{"对外公开", "向社会公开", "予以公开", "进行公开", "推进", "落实", "开展工作", "贯彻", "完成", "推动", "解答", "梳理", "排查", "履行", "执行", "处置"}
	// doneActs are never things with 了 behind them.
	doneActs = []string{"贯彻落实", "贯彻", "落实", "保障", "维护", "推动", "促进", "提升", "提高", "增强", "改善", "解决", "完成", "开展", "推进", "加强", "规范", "优化", "拓宽", "满足", "执行", "履行", "做好", "防范", "化解", "遏制", "改进", "强化", "减轻", "缓解", "调动", "激发", "发挥", "完善", "回应", "宣传", "学习", "学习贯彻", "组织", "排查", "梳理", "整治", "查处", "打击", "保护"}
	// sure acts are never things, whatever follows them.
	sureActs = []string{"对照", "做好", "听取", "开展", "组织", "推动", "回答", "抓好", "参与", "配合", "协助", "引导"}
	// diligence tells how people act, never what things are like.
	diligence = []string{"认真", "仔细", "耐心", "积极", "主动", "逐项", "扎实", "深入", "全面", "严格", "有序"}
)

// adverbial are the adverbs with 的 behind them.
func adverbial() (all []string) {
	for _, a := range adverbs {
		all = append(all, a+"的")
	}
	return all
}

// particle looks for 的 between an adverb and what is done.
func (w *work) particle(s string, b, e int) {
	for _, a := range adverbs {
		for at, n := b, 0; at < e && n < tries; n++ {
			k := strings.Index(s[at:e], a+"的")
			if k < 0 {
				break
			}
			i := at + k + len(a)
			at = i + len("的")
			// What is got or given is a thing: 得到有效的解决.
			if holds(s[max(b, i-len(a)-24):i-len(a)], "得到", "进行", "给予", "作出", "做出", "予以", "获得", "取得", "实现", "是", "为", "有") {
				continue
			}
			if w.acts(s[at:e], a) {
				w.sayClean("grammar.particle", i, at, "地")
			}
		}
	}
}

// acts tells whether what stands behind an adverb is done.
func (w *work) acts(rest, adverb string) bool {
	for _, act := range doneActs {
		if tail, ok := strings.CutPrefix(rest, act); ok && strings.HasPrefix(tail, "了") {
			return true
		}
	}
	for _, act := range acts {
		// 全面的推进计划: the act is part of a name.
		if tail, ok := strings.CutPrefix(rest, act); ok {
			next := after(tail, 0)
			return tail == "" || next == '，' || !han(next) || strings.HasPrefix(tail, "了") || strings.HasPrefix(tail, "各项")
		}
	}
	for _, d := range diligence {
		if d == adverb {
			for _, act := range sureActs {
				if tail, ok := strings.CutPrefix(rest, act); ok {
					next := after(tail, 0)
					return han(next) && !startsAny(tail, "工作", "活动", "的", "者", "机构", "单位", "人员", "形式", "方式", "计划", "实施")
				}
			}
		}
	}
	return false
}
