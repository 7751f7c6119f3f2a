package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"liandu/ingest"
	"liandu/internal/fault"
	"liandu/internal/record"
)

// runMarked writes a submission's own workbook back with its problems marked.
func runMarked(ctx context.Context, c *call) error {
	f := c.flags()
	out := f.String("o", "", "")
	words, err := f.words()
	if err != nil {
		return err
	}
	if len(words) != 1 {
		return c.wrong("应当写一个报送编号，如 S12。")
	}
	row, err := c.app.queries.Submission(ctx, words[0], "")
	if err != nil {
		return err
	}
	if row.Reading == "" {
		return fault.New(fault.NotFound, fmt.Sprintf("报送 %s 没有标注文件。", row.ID), "这份文件没有读出内容。")
	}
	b, err := c.app.store.Blobs().Read(row.Reading)
	if err != nil {
		return err
	}
	var reading record.Reading
	if err := json.Unmarshal(b, &reading); err != nil {
		return fmt.Errorf("parse reading of %s: %w", row.ID, err)
	}
	parsers, err := c.app.parsers()
	if err != nil {
		return err
	}
	path := *out
	if path == "" {
		path = ingest.MarkedName(row.File)
	}
	path = c.path(path)
	if err := toFile(path, func(w io.Writer) error {
		return parsers.Mark(ctx, w, c.app.store.Blobs().Path(row.SHA256), reading)
	}); err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "已生成 %s\n", path)
	return nil
}
