package ingest

import (
	"errors"

	"liandu/internal/record"
)

// Book is what a file holds, before anything is understood. Macros says that it carries macros (they are never run).
type Book struct {
	Grids  []Grid `json:"grids"`
	Macros bool   `json:"macros,omitempty"`
	CSV    bool   `json:"csv,omitempty"`

	Carried []carriedItem `json:"carried,omitempty"` // deadlines in words that a blank workbook of ours came with

	Words *record.ReportRead `json:"words,omitempty"` // what a file of text says
}

// refusal says why a file cannot be opened. It crosses the pipe from the parser and becomes the file's one problem.
type refusal struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Hint    string `json:"hint"`
}

func (r *refusal) Error() string { return r.Message + r.Hint }

func refuse(code, message, hint string) *refusal { return &refusal{code, message, hint} }

var errDamaged = refuse("file_damaged", "文件已损坏，无法打开。", "请用 Excel 或 WPS 打开后另存为 .xlsx，再重新报送。")

// openBook turns a file into grids. Every error is a *refusal.
func openBook(o original) (Book, error) {
	kind := sniff(o)
	if kind == xlsxFile {
		book, err := openXLSX(o)
		if err != nil {
			return Book{}, asRefusal(err)
		}
		return book.capped()
	}
	if kind == docxFile {
		book, err := openDOCX(o)
		if err != nil {
			return Book{}, asRefusal(err)
		}
		return book.capped()
	}
	open, ok := map[container]func([]byte) (Book, error){xlsFile: openXLS, csvFile: openText, htmlFile: openHTML, sheetXMLFile: openSheetXML}[kind]
	switch {
	case kind == zipFile: // a zip of files is taken apart before its members come here
		return Book{}, refusals[unknownFile]
	case !ok:
		return Book{}, refusals[kind]
	case o.size > maxText:
		return Book{}, errTextTooBig
	}
	b, err := o.all()
	if err != nil {
		return Book{}, errDamaged
	}
	book, err := open(b)
	if err != nil {
		return Book{}, asRefusal(err)
	}
	return book.capped()
}

// capped refuses a book that its merged ranges have blown up beyond what the caller may hold, and leaves out our own
// list of problems.
func (b Book) capped() (Book, error) {
	cells := 0
	for _, g := range b.Grids {
		for _, r := range g.Rows {
			cells += len(r.Cells)
		}
	}
	if cells > maxCells+maxFilled {
		return Book{}, errTooManyCells
	}
	return b.withoutList(), nil
}

func asRefusal(err error) error {
	var r *refusal
	if errors.As(err, &r) {
		return r
	}
	return errDamaged
}
