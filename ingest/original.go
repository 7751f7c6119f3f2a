package ingest

import (
	"bytes"
	"fmt"
	"io"
	"os"
)

// original is a file's bytes where they lie. The server looks at no more of them than it takes to tell a zip of files
// from anything else; only a parser may read them whole.
type original struct {
	r    io.ReaderAt
	size int64
}

func inMemory(b []byte) original { return original{bytes.NewReader(b), int64(len(b))} }

// openOriginal opens a file on disk; the caller closes it.
func openOriginal(path string) (original, io.Closer, error) {
	f, err := os.Open(path)
	if err != nil {
		return original{}, nil, fmt.Errorf("open original: %w", err)
	}
	info, err := f.Stat()
	if err != nil {
		_ = f.Close()
		return original{}, nil, fmt.Errorf("open original: %w", err)
	}
	return original{f, info.Size()}, f, nil
}

// head returns the first n bytes, or all where there are fewer.
func (o original) head(n int) []byte {
	b := make([]byte, min(int64(n), o.size))
	n, _ = o.r.ReadAt(b, 0) // what cannot be read is not there
	return b[:n]
}

func (o original) all() ([]byte, error) {
	b := make([]byte, o.size)
	if _, err := io.ReadFull(io.NewSectionReader(o.r, 0, o.size), b); err != nil {
		return nil, fmt.Errorf("read original: %w", err)
	}
	return b, nil
}

// count returns how often a mark occurs, a piece at a time.
func (o original) count(mark []byte) int {
	const piece = 1 << 20
	buf := make([]byte, min(o.size, piece))
	n := 0
	for at := int64(0); at < o.size; {
		got, err := o.r.ReadAt(buf, at)
		n += bytes.Count(buf[:got], mark)
		if err != nil || at+int64(got) >= o.size {
			break
		}
		at += int64(got - len(mark) + 1) // a mark may lie across two pieces
	}
	return n
}
