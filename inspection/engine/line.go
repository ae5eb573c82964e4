package engine

import (
	"encoding/json"

	"gongkai/inspection/rule"
)

// AppendLine writes what became of one file as the contract of the command line
// and of the interface has it, without the end of the line:
// {"file":…,"findings":[…],"unread":[…]}.
func AppendLine(b []byte, file string, findings []rule.Finding, unread []string) []byte {
	b = appendJSON(append(b, `{"file":`...), file)
	b = append(b, `,"findings":[`...)
	for i, f := range findings {
		if i > 0 {
			b = append(b, ',')
		}
		b = f.AppendJSON(b)
	}
	if unread == nil {
		unread = []string{}
	}
	return append(appendJSON(append(b, `],"unread":`...), unread), '}')
}

func appendJSON(b []byte, v any) []byte {
	j, err := json.Marshal(v)
	if err != nil {
		panic(err) // strings always can
	}
	return append(b, j...)
}
