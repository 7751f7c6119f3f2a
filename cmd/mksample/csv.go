package main

import (
	"bytes"
	"encoding/csv"

	"golang.org/x/text/encoding/simplifiedchinese"

	"liandu/internal/period"
)

// writeCSV writes the resolutions alone: in UTF-8 with a byte order mark, as a spreadsheet saves them, or in
// GB18030, as an older system exports them. A county that puts titles on its sheets puts lines over these too.
func writeCSV(r report, encoding string) ([]byte, error) {
	h := habits[r.county.habit]
	t := r.tables[2]
	columns := h.columns(t)
	if encoding == "gb18030" {
		h.dates = "dash"
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	if h.coverAcross {
		w.Write(padded(len(columns), "填报单位："+r.county.name, "报告期："+r.quarter.Chinese()))
	}
	w.Write(heads(columns))
	for _, values := range t.rows {
		line := make([]string, len(columns))
		for i, c := range columns {
			line[i] = csvValue(h, c, values[c.field])
		}
		w.Write(line)
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return nil, err
	}
	if encoding == "gb18030" {
		return simplifiedchinese.GB18030.NewEncoder().Bytes(b.Bytes())
	}
	return append([]byte("\xef\xbb\xbf"), b.Bytes()...), nil
}

func padded(width int, texts ...string) []string {
	line := make([]string, width)
	copy(line, texts)
	return line
}

func heads(columns []column) []string {
	line := make([]string, len(columns))
	for i, c := range columns {
		line[i] = c.head
	}
	return line
}

func csvValue(h habit, c column, s string) string {
	if s == "" {
		return s
	}
	switch c.kind {
	case day:
		if d, err := period.ParseDate(s); err == nil {
			if written, ok := h.dateText(d); ok {
				return written
			}
		}
	case percent:
		return s + "%"
	}
	return s
}
