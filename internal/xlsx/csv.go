package xlsx

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"
)

// CSV writes the table's head and rows as UTF-8 with a byte-order mark, so that spreadsheet programs read the
// Chinese. Heads of several rows become one, joined by 「·」. A text that a program might take for a formula gets an
// apostrophe in front; numbers, rates and dates stand as they are shown. Block headings are left out, sums are kept.
func CSV(w io.Writer, t Table) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return fmt.Errorf("write csv %s: %w", t.Name, err)
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	record := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		record[i] = guard(clean(strings.Join(c.Head, "·")))
	}
	if err := out.Write(record); err != nil {
		return fmt.Errorf("write csv %s: %w", t.Name, err)
	}
	for _, row := range t.Rows {
		if row.Look == Group {
			continue
		}
		for i := range record {
			record[i] = ""
			if i < len(row.Cells) {
				record[i] = row.Cells[i].csv()
			}
		}
		if err := out.Write(record); err != nil {
			return fmt.Errorf("write csv %s: %w", t.Name, err)
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("write csv %s: %w", t.Name, err)
	}
	return nil
}

func (c Cell) csv() string {
	if c.kind == kindText {
		return guard(c.text)
	}
	return c.text
}

// guard also looks past leading spaces: some programs trim them before they decide.
func guard(s string) string {
	if risky(s) || risky(strings.TrimLeft(s, " \u3000\u00a0")) {
		return "'" + s
	}
	return s
}
