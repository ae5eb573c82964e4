package writing

import (
	"testing"

	"gongkai/inspection/rule/ruletest"
)

func TestTheRulesKeepTheirExamples(t *testing.T) { ruletest.Examples(t, New()) }
