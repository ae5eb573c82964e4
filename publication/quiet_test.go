package publication_test

import (
	"errors"
	"log/slog"
	"slices"

	"gongkai/org"
)

var everything = org.Everything()

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

var errRollback = errors.New("roll this back")

func containsString(all []string, s string) bool { return slices.Contains(all, s) }
