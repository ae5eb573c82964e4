package dbtest

import "database/sql"

// ping asks the server for one row, which it gives only once it has started.
func ping(base string) error {
	d, err := sql.Open("pgx", base)
	if err != nil {
		return err
	}
	defer d.Close()
	var one int
	return d.QueryRow(`SELECT 1`).Scan(&one)
}
