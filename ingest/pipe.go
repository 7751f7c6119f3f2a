package ingest

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"liandu/internal/record"
)

// ask is a question to a parser: the file by its path; with Mark, the file is wanted back with these problems marked.
type ask struct {
	Path string          `json:"path"`
	Mark *record.Reading `json:"mark,omitempty"`
}

// answer comes back first: why not, or the book without its rows, which follow in pieces. An empty frame ends them.
type answer struct {
	Book    Book     `json:"book"`
	Refusal *refusal `json:"refusal,omitempty"`
}

// rowPiece is some rows of one grid. The book crosses in pieces so that neither side holds it twice.
type rowPiece struct {
	Grid int   `json:"g"`
	Rows []Row `json:"r"`
}

const (
	pieceCells = 4000
	maxFrame   = 256 << 20
)

// ownError is an accident on the parent's side while it takes an answer: no fault of the file or the parser.
type ownError struct{ err error }

func (e *ownError) Error() string { return e.err.Error() }

func writeBook(w io.Writer, book Book) error {
	bare := book
	bare.Grids = append([]Grid{}, book.Grids...)
	for i := range bare.Grids {
		bare.Grids[i].Rows = nil
	}
	if err := writeJSON(w, answer{Book: bare}); err != nil {
		return err
	}
	for i, g := range book.Grids {
		for from := 0; from < len(g.Rows); {
			to, cells := from, 0
			for to < len(g.Rows) && (to == from || cells+len(g.Rows[to].Cells) <= pieceCells) {
				cells += len(g.Rows[to].Cells)
				to++
			}
			if err := writeJSON(w, rowPiece{i, g.Rows[from:to]}); err != nil {
				return err
			}
			from = to
		}
	}
	return writeFrame(w, nil)
}

// readRows puts the rows that follow an answer into its book.
func readRows(r *bufio.Reader, book *Book) error {
	for {
		b, err := readFrame(r)
		if err != nil {
			return err
		}
		if len(b) == 0 {
			return nil
		}
		var p rowPiece
		if err := json.Unmarshal(b, &p); err != nil {
			return fmt.Errorf("read rows: %w", err)
		}
		if p.Grid < 0 || p.Grid >= len(book.Grids) {
			return errors.New("read rows: of no sheet")
		}
		g := &book.Grids[p.Grid]
		g.Rows = append(g.Rows, p.Rows...)
	}
}

// writeBytes sends a file in pieces after an answer that is no refusal; an empty frame ends it.
func writeBytes(w io.Writer, b []byte) error {
	if err := writeJSON(w, answer{}); err != nil {
		return err
	}
	for len(b) > 0 {
		n := min(len(b), 1<<20)
		if err := writeFrame(w, b[:n]); err != nil {
			return err
		}
		b = b[n:]
	}
	return writeFrame(w, nil)
}

// readBytes takes what writeBytes sent.
func readBytes(r *bufio.Reader, w io.Writer) error {
	for {
		b, err := readFrame(r)
		if err != nil {
			return err
		}
		if len(b) == 0 {
			return nil
		}
		if _, err := w.Write(b); err != nil {
			return &ownError{fmt.Errorf("take marked workbook: %w", err)}
		}
	}
}

func writeJSON(w io.Writer, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("write frame: %w", err)
	}
	return writeFrame(w, b)
}

func writeFrame(w io.Writer, b []byte) error {
	var head [8]byte
	binary.BigEndian.PutUint64(head[:], uint64(len(b)))
	if _, err := w.Write(head[:]); err != nil {
		return fmt.Errorf("write frame: %w", err)
	}
	if _, err := w.Write(b); err != nil {
		return fmt.Errorf("write frame: %w", err)
	}
	return nil
}

// readFrame returns the next frame, io.EOF at the end.
func readFrame(r io.Reader) ([]byte, error) {
	var head [8]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return nil, err
	}
	n := binary.BigEndian.Uint64(head[:])
	if n > maxFrame {
		return nil, fmt.Errorf("frame of %d bytes", n)
	}
	b := make([]byte, n)
	if _, err := io.ReadFull(r, b); err != nil {
		return nil, fmt.Errorf("read frame: %w", err)
	}
	return b, nil
}

func readJSON(r io.Reader, v any) error {
	b, err := readFrame(r)
	if err != nil {
		return err
	}
	return json.Unmarshal(b, v)
}
