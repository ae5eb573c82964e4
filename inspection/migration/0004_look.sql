-- What the lists, their orders and the counts of findings ask, so that the rows
-- themselves are read of one page only.
CREATE INDEX inspection_finding_look ON inspection_finding (unit, state, severity, seen_first, id, rule, due, shown, draft, tier, subject, part, begins);
DROP INDEX inspection_finding_unit;

-- Which counts of how the site writes the rules asked when they looked; 0 when none did.
-- When the site is counted anew such a text is inspected again.
ALTER TABLE inspection_report ADD COLUMN usage INTEGER NOT NULL DEFAULT 0;
