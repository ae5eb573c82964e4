package annualreport

import (
	"context"
	"path"
	"strings"

	"gongkai/annualreport/form"
	"gongkai/annualreport/paper"
	"gongkai/annualreport/reading"
)

// readFile reads a published report in a file of any kind, our own open data
// among them.
func readFile(ctx context.Context, name string, b []byte) (*form.Report, error) {
	switch strings.ToLower(path.Ext(name)) {
	case ".json":
		p, err := paper.Parse(b)
		if err != nil {
			return nil, err
		}
		return p.Report, nil
	case ".csv":
		if r, err := paper.ParseCSV(b); err == nil {
			return r, nil
		}
	}
	return reading.File(ctx, name, b)
}
