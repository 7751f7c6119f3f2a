package docx

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// Errors of reading. Text wraps one of them; the caller says it to people.
var (
	ErrEncrypted = errors.New("docx: encrypted")
	ErrOldFormat = errors.New("docx: a .doc or .wps of the old binary format")
	ErrNotDocx   = errors.New("docx: not a word-processing document")
	ErrDamaged   = errors.New("docx: damaged")
	ErrTooBig    = errors.New("docx: too big")
)

// Limits is what a stranger's file may ask of us.
type Limits struct {
	Entries  int   // entries of the zip
	Unzipped int64 // bytes of all entries unpacked, as the zip's directory says
	Ratio    int64 // unpacked to packed, judged above 16 MB
	Part     int64 // bytes of the main part that are read, and of all headers together
	Text     int   // bytes of text
	Cells    int   // cells of all tables, one for each column covered
	Depth    int   // nested elements
}

// DefaultLimits are far above any real minutes or report.
func DefaultLimits() Limits {
	return Limits{Entries: 2000, Unzipped: 400 << 20, Ratio: 200, Part: 64 << 20, Text: 8 << 20, Cells: 1_000_000, Depth: 500}
}

// freeRatio is the unpacked size below which any ratio is fine.
const freeRatio = 16 << 20

// Document is the visible text of a file. A paragraph is one element; a row of a table is one element too, its cells
// separated by tabs, a cell that spans columns followed by as many empty ones, a cell merged downwards said again
// in every row. A cell that holds whole sentences in several paragraphs keeps them on lines of their own.
type Document struct {
	Paragraphs []string
	Tables     []TableRead // in the order they end: a table inside a cell stands before the one around it
}

// TableRead is one table of a document, row by row.
type TableRead struct {
	Rows [][]CellRead
}

// CellRead is one cell that holds text. Column counts the table's grid from 1, Span is how many columns it covers. Down marks a cell
// merged with the one above, whose text it says again.
type CellRead struct {
	Column int
	Span   int
	Down   bool
	Text   string
}

// String returns the paragraphs, one a line.
func (d Document) String() string { return strings.Join(d.Paragraphs, "\n") }

// Text reads the visible text of a .docx. Errors wrap ErrEncrypted, ErrOldFormat, ErrNotDocx, ErrDamaged or ErrTooBig.
func Text(r io.ReaderAt, size int64, l Limits) (Document, error) {
	files, main, err := open(r, size, l)
	if err != nil {
		return Document{}, err
	}
	f, err := main.Open()
	if err != nil {
		return Document{}, fmt.Errorf("%w: open %s: %v", ErrDamaged, main.Name, err)
	}
	defer f.Close()
	w := newWalker(l, readNumbering(files, main.Name, l))
	if err := w.walk(xml.NewDecoder(&capped{f, l.Part})); err != nil {
		return Document{}, err
	}
	return Document{Paragraphs: w.paragraphs(), Tables: w.found}, nil
}

func checkZip(files []*zip.File, packed int64, l Limits) error {
	if len(files) > l.Entries {
		return fmt.Errorf("%w: %d entries", ErrTooBig, len(files))
	}
	var total uint64
	for _, f := range files {
		if f.UncompressedSize64 > uint64(l.Unzipped) {
			return fmt.Errorf("%w: %s", ErrTooBig, f.Name)
		}
		total += f.UncompressedSize64
	}
	if total > uint64(l.Unzipped) || total > freeRatio && total > uint64(packed)*uint64(l.Ratio) {
		return fmt.Errorf("%w: %d bytes unpacked", ErrTooBig, total)
	}
	return nil
}

// mainPart finds the document by the package's relationships, else by its usual name.
func mainPart(files []*zip.File) (*zip.File, error) {
	if f := part(files, "_rels/.rels"); f != nil {
		if target := relationship(f, "/officeDocument"); target != "" {
			if m := part(files, target); m != nil && !strings.HasPrefix(partName(m.Name), "xl/") && !strings.HasPrefix(partName(m.Name), "ppt/") {
				return m, nil
			}
		}
	}
	if m := part(files, "word/document.xml"); m != nil {
		return m, nil
	}
	return nil, ErrNotDocx
}

// relationship returns the target of the first relationship whose type ends in kind, "" when there is none.
func relationship(f *zip.File, kind string) string {
	r, err := f.Open()
	if err != nil {
		return ""
	}
	defer r.Close()
	d := xml.NewDecoder(io.LimitReader(r, 1<<20))
	for {
		t, err := d.Token()
		if err != nil {
			return ""
		}
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "Relationship" && strings.HasSuffix(attr(e, "Type"), kind) {
			return attr(e, "Target")
		}
	}
}

func part(files []*zip.File, name string) *zip.File {
	name = partName(name)
	for _, f := range files {
		if partName(f.Name) == name {
			return f
		}
	}
	return nil
}

// partName brings a part's name to one form: some writers use backslashes, a leading slash or capitals.
func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/"))
}

// capped ends with ErrTooBig where io.LimitReader would end quietly.
type capped struct {
	r    io.Reader
	left int64
}

func (c *capped) Read(p []byte) (int, error) {
	if c.left <= 0 {
		return 0, ErrTooBig
	}
	if int64(len(p)) > c.left {
		p = p[:c.left]
	}
	n, err := c.r.Read(p)
	c.left -= int64(n)
	return n, err
}
