package docx

import (
	"bytes"
	"fmt"
	"io"
	"unicode/utf16"
)

// sniff tells what is no zip: a compound file is an encrypted .docx or an old .doc.
func sniff(r io.ReaderAt, size int64) error {
	head := make([]byte, min(size, 8))
	if _, err := r.ReadAt(head, 0); err != nil && err != io.EOF {
		return fmt.Errorf("read the first bytes: %w", err)
	}
	switch {
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		if holds(r, size, "EncryptedPackage") {
			return ErrEncrypted
		}
		return ErrOldFormat
	case !bytes.HasPrefix(head, []byte("PK")):
		return ErrNotDocx
	}
	return nil
}

// holds reports whether a compound file names a stream. Names stand in UTF-16 in its directory, which may lie anywhere.
func holds(r io.ReaderAt, size int64, name string) bool {
	var want []byte
	for _, u := range utf16.Encode([]rune(name)) {
		want = append(want, byte(u), byte(u>>8))
	}
	const step = 1 << 20
	buf := make([]byte, step+len(want))
	for at := int64(0); at < size && at < 64*step; at += step {
		n, err := r.ReadAt(buf, at)
		if bytes.Contains(buf[:n], want) {
			return true
		}
		if err != nil {
			return false
		}
	}
	return false
}
