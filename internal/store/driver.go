package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"

	duckdb "github.com/marcboeker/go-duckdb/v2"
)

// openDuck opens DuckDB as :memory: with the file attached as d ("" keeps d in memory too). Opened this way a kill
// after any DDL leaves a file that opens again; checkpoints are ours only; nothing outside can be reached.
func openDuck(ctx context.Context, file, memoryLimit string) (*sql.DB, error) {
	connector, err := duckdb.NewConnector(":memory:?autoinstall_known_extensions=false&autoload_known_extensions=false", nil)
	if err != nil {
		return nil, fmt.Errorf("open duckdb: %w", err)
	}
	db := sql.OpenDB(connector)
	attach := file
	if attach == "" {
		attach = ":memory:"
	}
	for _, stmt := range []string{
		"set global TimeZone = 'Asia/Shanghai'",
		"set memory_limit = '" + memoryLimit + "'",
		"set threads = 1", // a city's queries are small: each runs faster on its caller's thread, and callers run side by side
		"set checkpoint_threshold = '1TB'",
		"pragma disable_checkpoint_on_shutdown",
		"set preserve_insertion_order = true",
		"attach " + quote(attach) + " as d",
		"set enable_external_access = false",
		"set lock_configuration = true",
	} {
		if _, err := db.ExecContext(ctx, stmt); err != nil {
			return nil, errors.Join(fmt.Errorf("open duckdb, %s: %w", stmt, err), db.Close())
		}
	}
	return db, nil
}

// tableRows are rows for one table of schema d, in column order.
type tableRows struct {
	table string
	rows  [][]driver.Value
}

// appendRows writes rows into the tables of d, inside the transaction open on conn.
func appendRows(conn *sql.Conn, batch []tableRows) error { return appendTo(conn, "d", "", batch) }

// appendTo writes rows through DuckDB's appender into the tables of a catalog whose names begin with prefix.
func appendTo(conn *sql.Conn, catalog, prefix string, batch []tableRows) error {
	return conn.Raw(func(dc any) error {
		for _, t := range batch {
			if len(t.rows) == 0 {
				continue
			}
			a, err := duckdb.NewAppender(dc.(driver.Conn), catalog, "main", prefix+t.table)
			if err != nil {
				return fmt.Errorf("append to %s: %w", t.table, err)
			}
			for _, row := range t.rows {
				if err := a.AppendRow(row...); err != nil {
					return errors.Join(fmt.Errorf("append a row to %s: %w", t.table, err), a.Close())
				}
			}
			if err := a.Close(); err != nil {
				return fmt.Errorf("flush %s: %w", t.table, err)
			}
		}
		return nil
	})
}

// quote returns s as a SQL string literal.
func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
