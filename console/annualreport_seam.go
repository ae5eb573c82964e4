package console

import (
	"context"

	"gongkai/annualreport"
	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/ledger"
	"gongkai/org"
)

type missingFact struct {
	Unit org.ID
	Fact annualreport.FactName
}

func missingOf(g annualreport.Figure) []missingFact { return nil }

func (c *Console) remindNow(ctx context.Context, by identity.Actor, ids []annualreport.ID) (int, error) {
	return c.Reports.Remind(ctx)
}

func (c *Console) submitWith(ctx context.Context, by identity.Actor, id annualreport.ID, seen ledger.Digest, typed map[string]string) error {
	for key, say := range typed {
		if err := c.Reports.Explain(ctx, by, id, key, say); err != nil {
			return err
		}
	}
	if len(typed) > 0 {
		if err := c.DB.Read(ctx, func(tx *db.Tx) error {
			s, err := c.Reports.Sheet(tx, by, id)
			if err == nil {
				seen = s.Digest
			}
			return err
		}); err != nil {
			return err
		}
	}
	return c.Reports.Submit(ctx, by, id, seen)
}
