package privacy

import (
	"strings"

	"gongkai/inspection/rule"
)

// Accounts of savings banks, and cards copied with a slip, pass no check. What says
// that a number is somebody's account is what stands beside it.

// ownWords are labels that accounts of organisations do not have.
var ownWords = []string{"一卡通", "银行卡", "存折", "社保卡", "打卡", "卡号", "本人", "个人"}

// rowReach is how far, in bytes, the line of a number is read to either side.
const rowReach = 400

// accountOf tells whether n digits at the bytes b to e are the account of a person: of
// the length accounts have, labelled as one, and not of an organisation.
func accountOf(t *rule.Text, k *context, n, b, e int) bool {
	if n < 12 || n > 23 || k.near != cardWord || k.office {
		return false
	}
	before, after := t.S[max(0, b-rowReach):b], t.S[e:min(len(t.S), e+rowReach)]
	if i := strings.LastIndexByte(before, '\n'); i >= 0 {
		before = before[i+1:]
	}
	if i := strings.IndexByte(after, '\n'); i >= 0 {
		after = after[:i]
	}
	line := banks.Replace(before + "\n" + after)
	for _, w := range officeWords {
		if strings.Contains(line, w) {
			return false
		}
	}
	// The lines above say whose account it is where the number has a line of its own.
	above := banks.Replace(t.S[max(0, b-rowReach):b])
	if i := strings.LastIndex(above, "户名"); i >= 0 && !k.table {
		for _, w := range officeWords {
			if strings.Contains(above[i:], w) {
				return false
			}
		}
		return true
	}
	return k.table || k.has(ownWords...)
}

// banks are names in which words of organisations do not tell whose account it is.
var banks = strings.NewReplacer("信用合作社", "", "农村合作银行", "", "合作银行", "", "中心支行", "", "银行股份有限公司", "", "营业中心", "", "发放单位", "", "工作单位", "")
