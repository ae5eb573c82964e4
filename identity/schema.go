package identity

import (
	"embed"

	"gongkai/internal/db"
	"gongkai/ledger"
	"gongkai/org"
)

//go:embed migration/*.sql
var migrations embed.FS

// Schema holds the tables of people, grants and sessions.
var Schema = db.NewSchema("identity", migrations, org.Schema, ledger.Schema)
