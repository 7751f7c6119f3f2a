package xls

import (
	"fmt"
	"io"
)

// Limits bound what Open takes. A zero field means its default.
type Limits struct {
	Bytes  int64 // of the file; 64 MB
	Sheets int   // 1,024
	Rows   int   // of a sheet; 65,536, all the format can hold
	Cols   int   // of a sheet; 256, likewise
	Cells  int   // of the workbook, blank ones not counted; 5,000,000
	Text   int   // UTF-16 units of one text; 32,767, what Excel lets a cell hold
}

func (l Limits) orDefaults() Limits {
	if l.Bytes <= 0 {
		l.Bytes = 64 << 20
	}
	for _, f := range []struct {
		field *int
		value int
	}{{&l.Sheets, 1024}, {&l.Rows, 65536}, {&l.Cols, 256}, {&l.Cells, 5_000_000}, {&l.Text, 32767}} {
		if *f.field <= 0 {
			*f.field = f.value
		}
	}
	return l
}

// Book is a workbook as it was saved. Nothing in it is calculated or displayed anew.
type Book struct {
	Version  int // of the format: 2, 3, 4, 5 (Excel 5 and 95) or 8 (Excel 97–2003, WPS)
	Date1904 bool
	Sheets   []Sheet // in the order of the tabs
}

// SheetType is what a tab holds. Only a Worksheet has cells here.
type SheetType uint8

// The types of [MS-XLS] 2.4.28 BoundSheet8. A Dialog is a worksheet with the dialog bit set.
const (
	Worksheet SheetType = iota
	Macro
	Chart
	Module
	Dialog
)

// String names the type for a message.
func (t SheetType) String() string {
	names := [...]string{"worksheet", "macro sheet", "chart", "module", "dialog"}
	if int(t) < len(names) {
		return names[t]
	}
	return fmt.Sprintf("sheet type %d", uint8(t))
}

// Sheet is one tab. Rows and columns count from 0. Merges may overlap and cover the whole sheet: to fill them is for a
// caller with a limit of its own. Where all rows are hidden that say nothing else, HiddenRows lists those with cells.
type Sheet struct {
	Name       string
	Type       SheetType
	Hidden     bool   // also true when VeryHidden
	VeryHidden bool   // cannot be unhidden from Excel's menu
	Cells      []Cell // by row, then column; each place once; without blanks
	Merges     []Range
	HiddenRows []int // ascending; hidden by hand, by filter or by outline alike
	HiddenCols []int // ascending
}

// Range is a merged block, ends included. Its value is in the cell at FirstRow, FirstCol.
type Range struct {
	FirstRow, LastRow, FirstCol, LastCol int
}

// Open reads the workbook in the size bytes of r. A compound file needs a stream Workbook or Book; a bare BIFF stream
// is read too. It returns ErrEncrypted, ErrNotWorkbook, ErrTooLarge or ErrDamaged, or an error of r itself. It returns
// a whole workbook or none.
func Open(r io.ReaderAt, size int64, limits Limits) (*Book, error) {
	limits = limits.orDefaults()
	if size > limits.Bytes {
		return nil, &LimitError{What: "bytes", Limit: limits.Bytes}
	}
	if size < 0 {
		return nil, notWorkbook("nothing")
	}
	file := make([]byte, size)
	n, err := r.ReadAt(file, 0)
	if err != nil && err != io.EOF {
		return nil, fmt.Errorf("read workbook: %w", err)
	}
	stream, err := workbookStream(file[:n])
	if err != nil {
		return nil, err
	}
	return readBook(stream, limits)
}
