package xls

import (
	"errors"
	"fmt"
)

// What Open refuses. Test with errors.Is; DamagedError and LimitError carry the details.
var (
	// ErrEncrypted: a password is needed to open the file. Nothing in it can be read.
	ErrEncrypted = errors.New("xls: workbook is encrypted")
	// ErrNotWorkbook: no binary workbook is in these bytes, whatever the file is called.
	ErrNotWorkbook = errors.New("xls: not a binary workbook")
	// ErrTooLarge: a limit was passed.
	ErrTooLarge = errors.New("xls: workbook is too large")
	// ErrDamaged: it is a workbook, but cut short or contradicting itself.
	ErrDamaged = errors.New("xls: workbook is damaged")
)

// DamagedError says where a workbook stopped making sense. It is ErrDamaged.
type DamagedError struct {
	Offset   int64 // of the record or sector at fault
	InStream bool  // Offset counts from the start of the workbook stream, else of the file
	Sheet    string
	What     string
}

// Error names the place and the trouble.
func (e *DamagedError) Error() string {
	place := "file"
	if e.InStream {
		place = "workbook stream"
	}
	if e.Sheet != "" {
		return fmt.Sprintf("%v: sheet %q: %s at byte %d of the %s", ErrDamaged, e.Sheet, e.What, e.Offset, place)
	}
	return fmt.Sprintf("%v: %s at byte %d of the %s", ErrDamaged, e.What, e.Offset, place)
}

// Is reports that the error is ErrDamaged.
func (e *DamagedError) Is(target error) bool { return target == ErrDamaged }

// LimitError says which limit was passed. It is ErrTooLarge.
type LimitError struct {
	What  string // bytes, sheets, rows, columns, cells, characters
	Limit int64
	Sheet string // "" when it is not about one sheet
}

// Error names the limit.
func (e *LimitError) Error() string {
	if e.Sheet != "" {
		return fmt.Sprintf("%v: sheet %q: more than %d %s", ErrTooLarge, e.Sheet, e.Limit, e.What)
	}
	return fmt.Sprintf("%v: more than %d %s", ErrTooLarge, e.Limit, e.What)
}

// Is reports that the error is ErrTooLarge.
func (e *LimitError) Is(target error) bool { return target == ErrTooLarge }

// notWorkbook wraps ErrNotWorkbook with what was found instead.
func notWorkbook(found string) error { return fmt.Errorf("%w: %s", ErrNotWorkbook, found) }
