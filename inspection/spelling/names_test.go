package spelling

import (
	"strings"
	"testing"
)

func TestNamesAreLeftAlone(t *testing.T) {
	for _, c := range []struct {
		text, right string // 【】 marks what is suspected
		name        bool
	}{
		{"个体工商户（经营者【葛】某某）准予许可", "个", true},
		{"（通讯员　【孙芷】）对仓前村百余年的樟树采用支撑", "孙子", true},
		{"分工\t【严漱】遥\t副镇长", "严肃", true},
		{"断面5个，【砚】溪局部河段", "沿", true},
		{"集中整治【澄】湖西路占道经营", "城", true},
		{"云【锄】水库灌区集中连片实施", "出", true},
		{"示例市澄【砚电子】元件有限公司", "砚榆电子", true},
		{"本土鱼类苗种47万【尾】。", "位", true},
		{"罚款人民币【壹万】元整（10,000.00元）", "一万", true},

		{"全面推进【浓】村改革", "农", false},
		{"现就有关问题的【同知】", "通知", false},
		{"以上3种【型】式", "形", false},
		{"经营者应当【任】真履行义务", "认", false},
		{"有限公司应当【既】时公告", "即", false},
		{"共同【维互】", "维护", false},
	} {
		b := strings.Index(c.text, "【")
		s := strings.NewReplacer("【", "", "】", "").Replace(c.text)
		e := strings.Index(c.text, "】") - len("【")
		if got := named(s, b, e, c.right); got != c.name {
			t.Errorf("named(%s, %s) = %t, want %t", c.text, c.right, got, c.name)
		}
	}
}
