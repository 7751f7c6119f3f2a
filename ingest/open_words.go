package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"liandu/ingest/extract"
	"liandu/internal/docx"
	"liandu/internal/record"
)

const (
	mostWords   = 200_000 // characters of a report that are kept with its reading
	titleWords  = 60      // a paragraph no longer than this may be a title or a label of the cover
	mostTables  = maxSheets
	wordsTable  = "表格" // and its number in the document
	proseShares = 5    // a text is prose when at most one line in so many has fields
)

// openDOCX reads a Word document: its text, the facts in it, and its tables as grids. Every error is a *refusal.
func openDOCX(o original) (Book, error) {
	doc, err := docx.Text(io.NewSectionReader(o.r, 0, o.size), o.size, docx.DefaultLimits())
	if err != nil {
		return Book{}, docxRefusal(err)
	}
	book, err := tablesOf(doc)
	if err != nil {
		return Book{}, err
	}
	book.Words = wordsOfText(doc.String())
	return book, nil
}

func docxRefusal(err error) *refusal {
	switch {
	case errors.Is(err, docx.ErrTooBig):
		return refuse("file_too_big", "Word 文档展开后过大，没有读取。", "请删去图片和多余内容，另存为新的 .docx 后重新报送。")
	case errors.Is(err, docx.ErrNotDocx):
		return refuse("file_kind", "文件不是 Word 文字文档。", "请打开核对，另存为 .docx 后重新报送。")
	}
	return refuse("file_damaged", "Word 文档已损坏，无法打开。", "请用 Word 或 WPS 打开后另存为新的 .docx，再重新报送。")
}

// tablesOf lays out a document's tables as grids, each row numbered as the table has it, and its short paragraphs as a
// grid of text, where titles and labels of the cover stand.
func tablesOf(doc docx.Document) (Book, error) {
	if len(doc.Tables) > mostTables {
		return Book{}, refuse("file_too_big", fmt.Sprintf("文档有 %d 张表格，超过 %d 张的上限。", len(doc.Tables), mostTables), "请分成几份报送。")
	}
	var book Book
	cells := 0
	for i, t := range doc.Tables {
		g := Grid{Name: fmt.Sprintf("%s%d", wordsTable, i+1)}
		for n, row := range t.Rows {
			if n >= maxRows {
				return Book{}, errTooLong
			}
			r := Row{N: n + 1}
			for _, c := range row {
				if c.Column > maxCols {
					return Book{}, errTooWide
				}
				added, err := cellOfWords(n+1, c)
				if err != nil {
					return Book{}, err
				}
				r.Cells = append(r.Cells, added...)
			}
			if cells += len(r.Cells); cells > maxCells {
				return Book{}, errTooManyCells
			}
			if len(r.Cells) > 0 {
				g.Rows = append(g.Rows, r)
			}
			g.merge(n+1, row)
		}
		if len(g.Rows) > 0 {
			book.Grids = append(book.Grids, g)
		}
	}
	if len(book.Grids) == 0 {
		return book, nil
	}
	text := Grid{Name: record.TextSheet, IsText: true}
	for n, p := range doc.Paragraphs {
		if p = strings.TrimSpace(p); p != "" && utf8.RuneCountInString(p) <= titleWords && !strings.Contains(p, "\t") {
			text.Rows = append(text.Rows, Row{N: n + 1, Cells: []Cell{{Row: n + 1, Col: 1, Text: p}}})
		}
	}
	if len(text.Rows) > 0 {
		book.Grids = append(book.Grids, text)
	}
	return book, nil
}

// cellOfWords is a table's cell, said again in each column it covers.
func cellOfWords(row int, c docx.CellRead) ([]Cell, error) {
	text := strings.TrimSpace(c.Text)
	if text == "" {
		return nil, nil
	}
	if utf8.RuneCountInString(text) > maxCellRune {
		return nil, refuse("file_too_big", fmt.Sprintf("单元格 %s 的文字超过 %d 字。", ref(c.Column, row), maxCellRune), "请检查文档内容，删去异常的单元格后重新报送。")
	}
	var out []Cell
	for i := range c.Span {
		if c.Column+i > maxCols {
			return nil, errTooWide
		}
		cell := Cell{Row: row, Col: c.Column + i, Down: c.Down, Across: i > 0}
		cell.setText(text)
		out = append(out, cell)
	}
	return out, nil
}

// merge notes the merged ranges of a row, so that a page can draw them; cells merged downwards are grown row by row.
func (g *Grid) merge(row int, cells []docx.CellRead) {
	for _, c := range cells {
		if c.Down {
			for i := len(g.Merges) - 1; i >= 0; i-- {
				if m := &g.Merges[i]; m.Left == c.Column && m.Bottom == row-1 {
					m.Bottom = row
					break
				}
			}
			continue
		}
		g.Merges = append(g.Merges, Merge{Top: row, Left: c.Column, Bottom: row, Right: c.Column + c.Span - 1})
	}
}

// wordsOfText reads the facts of a text.
func wordsOfText(text string) *record.ReportRead {
	isCut := false
	if utf8.RuneCountInString(text) > mostWords {
		text, isCut = string([]rune(text)[:mostWords]), true
	}
	report := extract.FromText(text, extract.Options{}).Record()
	report.Text = strings.ToValidUTF8(text, "\ufffd")
	if isCut {
		report.Doubts = append(report.Doubts, fmt.Sprintf("文本超过 %d 字，只保留了前面的部分；原件可以下载。", mostWords))
	}
	return report
}

// openText reads plain text: separated fields, or prose, which has whole sentences and hardly a line with fields. Prose may
// still hold a table, so both are given.
func openText(b []byte) (Book, error) {
	text, ok := decodeText(b)
	if !ok {
		return Book{}, refusals[unknownFile]
	}
	book, err := openCSV(b)
	if !isProse(text) {
		return book, err
	}
	if err != nil {
		book = Book{}
	}
	book.Words = wordsOfText(text)
	return book, nil
}

// isProse tells a report from a file of separated fields.
func isProse(text string) bool {
	lines, fields := 0, 0
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		lines++
		if !strings.Contains(line, "。") && strings.Count(line, ",")+strings.Count(line, "\t")+strings.Count(line, ";")+strings.Count(line, "|") >= 3 {
			fields++
		}
	}
	return strings.Contains(text, "。") && fields*proseShares <= lines && !bytes.HasPrefix([]byte(text), []byte("sep="))
}
