package ledger

import (
	"embed"

	"gongkai/internal/db"
)

//go:embed migration/*.sql
var migrations embed.FS

// Schema holds the tables of the ledger.
var Schema = db.NewSchema("ledger", migrations)
