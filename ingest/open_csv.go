package ingest

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// openCSV reads separated text. Rows are numbered as a spreadsheet shows them: a line break inside quotes does not
// count, a blank line does.
func openCSV(b []byte) (Book, error) {
	text, ok := decodeText(b)
	if !ok {
		return Book{}, refusals[unknownFile]
	}
	sep, text := separator(text)
	g := Grid{Name: resolutionSheet().Name}
	cells := 0
	err := splitCSV(text, sep, func(n int, fields []string) error {
		row := Row{N: n}
		for i, f := range fields {
			f = csvText(f)
			if strings.TrimSpace(f) == "" {
				continue
			}
			c := Cell{Row: n, Col: i + 1, Text: f}
			if i >= maxCols {
				return errTooWide
			}
			if len(f) > maxCellRune && utf8.RuneCountInString(f) > maxCellRune {
				return refuse("file_too_big", fmt.Sprintf("单元格 %s 的文字超过 %d 字。", c.Ref(), maxCellRune), "请检查引号是否成对，删去多余的内容后重新报送。")
			}
			row.Cells = append(row.Cells, c)
		}
		if len(row.Cells) == 0 {
			return nil
		}
		if n > maxRows {
			return errTooLong
		}
		if cells += len(row.Cells); cells > maxCells {
			return errTooManyCells
		}
		g.Rows = append(g.Rows, row)
		return nil
	})
	if err != nil {
		return Book{}, err
	}
	return Book{Grids: []Grid{g}, CSV: true}, nil
}

// decodeText gives text as UTF-8: by its byte order mark, else UTF-8 where it is valid, else GB18030 where every
// byte is. What holds a zero byte is no text; other control characters become spaces.
func decodeText(b []byte) (string, bool) {
	var s string
	switch {
	case bytes.HasPrefix(b, []byte("\xEF\xBB\xBF")):
		s = string(b[3:])
	case bytes.HasPrefix(b, []byte("\xFF\xFE")), bytes.HasPrefix(b, []byte("\xFE\xFF")):
		out, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(b)
		if err != nil {
			return "", false
		}
		s = string(out)
	case utf8.Valid(b):
		s = string(b)
	default:
		out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b)
		if err != nil {
			return "", false
		}
		s = string(out)
		if strings.ContainsRune(s, utf8.RuneError) { // the decoder marks what is no character and goes on
			return "", false
		}
	}
	if strings.ContainsRune(s, 0) {
		return "", false
	}
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0x7f {
			return ' '
		}
		return r
	}, s), true
}

// separator finds what parts the fields: a leading sep= line says so, else the character most often found, outside
// quotes, in the first lines.
func separator(text string) (byte, string) {
	if strings.HasPrefix(text, "sep=") && len(text) > 4 {
		line, rest, _ := strings.Cut(text, "\n")
		if line = strings.TrimRight(line, "\r"); len(line) == 5 {
			return line[4], rest
		}
	}
	counts := map[byte]int{}
	quoted := false
	for i, lines := 0, 0; i < len(text) && i < 64<<10 && lines < 20; i++ {
		switch c := text[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\n':
			lines++
		case c == ',' || c == ';' || c == '\t' || c == '|':
			counts[c]++
		}
	}
	best := byte(',')
	for _, c := range []byte{'\t', ';', '|'} {
		if counts[c] > counts[best] {
			best = c
		}
	}
	return best, text
}

// splitCSV calls fn with every row. A quote opens a quoted field only at the field's beginning; inside, "" is one
// quote, and whatever follows the closing quote is taken as it is. A quote that is never closed runs to the end.
func splitCSV(text string, sep byte, fn func(n int, fields []string) error) error {
	var fields []string
	n := 1
	for i := 0; i < len(text); {
		var field string
		field, i = csvField(text, i, sep)
		if len(fields) <= maxCols {
			fields = append(fields, field)
		}
		if i < len(text) && text[i] == sep {
			i++
			if i == len(text) && len(fields) <= maxCols {
				fields = append(fields, "")
			}
			if i < len(text) {
				continue
			}
		}
		if err := fn(n, fields); err != nil {
			return err
		}
		n++
		fields = fields[:0]
		if i < len(text) && text[i] == '\r' {
			i++
			if i < len(text) && text[i] == '\n' {
				i++
			}
		} else if i < len(text) {
			i++
		}
	}
	return nil
}

// csvField reads the field at i and returns where it ended: at a separator, a line end or the text's end.
func csvField(text string, i int, sep byte) (string, int) {
	end := func(c byte) bool { return c == sep || c == '\n' || c == '\r' }
	start := i
	if i >= len(text) || text[i] != '"' {
		for i < len(text) && !end(text[i]) {
			i++
		}
		return text[start:i], i
	}
	var b strings.Builder
	for i++; i < len(text); i++ {
		if text[i] != '"' {
			b.WriteByte(text[i])
			continue
		}
		if i+1 < len(text) && text[i+1] == '"' {
			b.WriteByte('"')
			i++
			continue
		}
		i++
		break
	}
	for i < len(text) && !end(text[i]) {
		b.WriteByte(text[i])
		i++
	}
	return b.String(), i
}

// csvText undoes ="001", by which spreadsheets keep figures as text.
func csvText(s string) string {
	if strings.HasPrefix(s, `="`) && strings.HasSuffix(s, `"`) && len(s) > 3 {
		return s[2 : len(s)-1]
	}
	return s
}
