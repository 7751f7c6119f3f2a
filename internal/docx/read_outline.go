package docx

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"strings"
)

// Outline is the visible text of a file with its tables kept apart: for holding a file against what it was made from.
type Outline struct {
	Blocks []OutlineBlock
	Heads  []string // the text of each header part, in the order of the package
}

// OutlineBlock is a paragraph, or a table where Rows is not nil. A row has one text for each column of the grid: a cell
// over several columns stands in the first, a cell over several rows in the uppermost.
type OutlineBlock struct {
	Text string
	Rows [][]string
}

// What marks a table in the walker's text. XML cannot hold these characters, so no file can forge them.
const (
	tableMark = "\x1d"
	rowMark   = "\x1e"
	cellMark  = "\x1f"
)

// ReadOutline reads a .docx as Text does, under the same limits and with the same errors, and keeps tables as tables.
func ReadOutline(r io.ReaderAt, size int64, l Limits) (Outline, error) {
	files, main, err := open(r, size, l)
	if err != nil {
		return Outline{}, err
	}
	lines, _, err := readPart(main, l, readNumbering(files, main.Name, l))
	if err != nil {
		return Outline{}, err
	}
	out := Outline{Blocks: outlineBlocks(lines)}
	for _, f := range files {
		if base := path.Base(partName(f.Name)); strings.HasPrefix(base, "header") && strings.HasSuffix(base, ".xml") {
			head, rest, err := readPart(f, l, &numbering{})
			if err != nil && err != ErrNotDocx {
				return Outline{}, err
			}
			l = rest
			out.Heads = append(out.Heads, strings.Join(head, "\n"))
		}
	}
	return out, nil
}

// open finds the main part of a file under the limits.
func open(r io.ReaderAt, size int64, l Limits) ([]*zip.File, *zip.File, error) {
	if err := sniff(r, size); err != nil {
		return nil, nil, err
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, nil, fmt.Errorf("%w: %v", ErrDamaged, err)
	}
	if err := checkZip(z.File, size, l); err != nil {
		return nil, nil, err
	}
	main, err := mainPart(z.File)
	return z.File, main, err
}

// readPart reads the paragraphs of one part, a table as one line with its marks. rest is what is left of the limits.
func readPart(f *zip.File, l Limits, n *numbering) (lines []string, rest Limits, err error) {
	r, err := f.Open()
	if err != nil {
		return nil, l, fmt.Errorf("%w: open %s: %v", ErrDamaged, f.Name, err)
	}
	defer r.Close()
	w, in := newWalker(l, n), &capped{r, l.Part}
	w.outline = true
	err = w.walk(xml.NewDecoder(in))
	l.Part, l.Text, l.Cells = in.left, l.Text-w.text, l.Cells-w.cells
	if err != nil {
		return nil, l, err
	}
	return w.paragraphs(), l, nil
}

func outlineBlocks(lines []string) []OutlineBlock {
	var out []OutlineBlock
	for _, line := range lines {
		rest, isTable := strings.CutPrefix(line, tableMark)
		if !isTable {
			out = append(out, OutlineBlock{Text: plainMarks(line)})
			continue
		}
		b := OutlineBlock{Rows: [][]string{}}
		for _, row := range strings.Split(rest, rowMark) {
			if row != "" {
				b.Rows = append(b.Rows, strings.Split(row[:len(row)-len(cellMark)], cellMark))
			}
		}
		out = append(out, b)
	}
	return out
}

// plainMarks turns what is left of a table inside a cell or a paragraph into spaces.
func plainMarks(s string) string {
	return strings.NewReplacer(tableMark, "", rowMark, "\n", cellMark, " ").Replace(s)
}
