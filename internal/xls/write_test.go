package xls

import (
	"bytes"
	"math"
	"slices"
	"testing"
	"unicode/utf16"
)

// The writer of the tests: real files made from records, so that each test can break one thing.

func u16(values ...int) []byte {
	var b []byte
	for _, v := range values {
		b = le.AppendUint16(b, uint16(v))
	}
	return b
}

func u32(v int) []byte        { return le.AppendUint32(nil, uint32(v)) }
func f64(v float64) []byte    { return le.AppendUint64(nil, math.Float64bits(v)) }
func join(b ...[]byte) []byte { return bytes.Join(b, nil) }

// rec is one record.
func rec(id int, data ...[]byte) []byte {
	body := join(data...)
	return join(u16(id, len(body)), body)
}

// at is the head of a cell record: row, column and XF number.
func at(row, col, xf int) []byte { return u16(row, col, xf) }

// wide is a BIFF8 string of two bytes a character behind a length of lengthSize bytes.
func wide(s string, lengthSize int) []byte {
	units := utf16.Encode([]rune(s))
	b := append(u16(len(units))[:lengthSize], flagWide)
	for _, u := range units {
		b = le.AppendUint16(b, u)
	}
	return b
}

// narrow is a BIFF8 string of one byte a character.
func narrow(s string) []byte {
	b := append(u16(len([]rune(s))), 0)
	for _, r := range s {
		b = append(b, byte(r))
	}
	return b
}

// short is a byte string behind a length of lengthSize bytes.
func short(b []byte, lengthSize int) []byte { return join(u16(len(b))[:lengthSize], b) }

// testSheet is a sheet for the writer: the records between its BOF and its EOF.
type testSheet struct {
	name    []byte // as BoundSheet8 holds it
	hidden  byte
	kind    byte // of BoundSheet8
	bof     int
	records []byte
}

// sheet is a plain worksheet of BIFF8.
func sheet(name string, records ...[]byte) testSheet {
	return testSheet{name: wide(name, 1), bof: bofWorksheet, records: join(records...)}
}

// testBook is a workbook for the writer.
type testBook struct {
	version int // 0x0600 or 0x0500
	globals []byte
	sheets  []testSheet
	shift   func(i, offset int) int // moves the places announced for the sheets
}

// stream gives the records of the workbook.
func (b testBook) stream() []byte {
	bof := func(kind int) []byte { return rec(recBOF, u16(b.version, kind, 0, 0), make([]byte, 8)) }
	head := join(bof(bofGlobals), b.globals)
	size := len(head) + 4
	for _, s := range b.sheets {
		size += 4 + 6 + len(s.name)
	}
	var bounds, bodies []byte
	for i, s := range b.sheets {
		offset := size + len(bodies)
		if b.shift != nil {
			offset = b.shift(i, offset)
		}
		bounds = append(bounds, rec(recBoundSheet, u32(offset), []byte{s.hidden, s.kind}, s.name)...)
		bodies = append(bodies, join(bof(s.bof), s.records, rec(recEOF))...)
	}
	return join(head, bounds, rec(recEOF), bodies)
}

func biff8(globals []byte, sheets ...testSheet) testBook {
	return testBook{version: 0x0600, globals: globals, sheets: sheets}
}

// file puts the stream into a compound file.
func (b testBook) file() []byte { return compound("Workbook", b.stream()) }

// compound writes a compound file with one stream under the root: header, the FAT, the directory, then the mini FAT
// and mini stream or the stream itself.
func compound(name string, stream []byte) []byte {
	const sector = 512
	pad := func(b []byte, to int) []byte { return append(slices.Clone(b), make([]byte, (to-len(b)%to)%to)...) }
	mini := len(stream) < miniCutoff
	var body []byte // behind the directory
	body = pad(stream, sector)
	miniFATs := 0
	if mini {
		n := len(pad(stream, miniSector)) / miniSector
		var fat []byte
		for i := range n {
			next := i + 1
			if next == n {
				next = endOfChain
			}
			fat = append(fat, u32(next)...)
		}
		fat = pad(fat, sector)
		miniFATs = len(fat) / sector
		body = join(fat, body)
	}
	sectors := 1 + len(body)/sector
	fats := 1
	for fats*sector/4 < sectors+fats {
		fats++
	}
	var fat []byte
	chain := func(n int) { // the next n sectors hang together
		for i := range n {
			next := len(fat)/4 + 1
			if i == n-1 {
				next = endOfChain
			}
			fat = append(fat, u32(next)...)
		}
	}
	for range fats {
		fat = append(fat, u32(0xFFFFFFFD)...)
	}
	chain(1)
	chain(miniFATs)
	chain(len(body)/sector - miniFATs)
	for len(fat) < fats*sector {
		fat = append(fat, u32(noEntry)...)
	}

	directory, miniFAT := fats, endOfChain
	if mini {
		miniFAT = fats + 1
	}
	start := fats + 1 + miniFATs
	root := dirEntry("Root Entry", 5, 1, endOfChain, 0)
	file := dirEntry(name, entryStream, noEntry, start, len(stream))
	if mini {
		root = dirEntry("Root Entry", 5, 1, start, len(pad(stream, miniSector)))
		file = dirEntry(name, entryStream, noEntry, 0, len(stream))
	}
	header := join(cfbMagic, make([]byte, 16), u16(0x3E, 3, 0xFFFE, 9, 6), make([]byte, 6), u32(0), u32(fats),
		u32(directory), u32(0), u32(miniCutoff), u32(miniFAT), u32(miniFATs), u32(endOfChain), u32(0))
	for i := range 109 {
		number := noEntry
		if i < fats {
			number = i
		}
		header = append(header, u32(number)...)
	}
	return join(header, fat, pad(join(root, file), sector), body)
}

func dirEntry(name string, kind byte, child, start, size int) []byte {
	units := utf16.Encode([]rune(name))
	b := make([]byte, 64)
	for i, u := range units {
		le.PutUint16(b[2*i:], u)
	}
	return join(b, u16(2*len(units)+2), []byte{kind, 1}, u32(noEntry), u32(noEntry), u32(child), make([]byte, 36),
		u32(start), u32(size), u32(0))
}

// sst is the shared texts as one record and Continue records of at most size bytes. Where characters are cut, the next
// piece begins with their flags; a text whose rest is Latin goes on in one byte a character.
func sst(size int, texts ...string) []byte {
	var pieces [][]byte
	cur := join(u32(len(texts)), u32(len(texts)))
	cut := func() { pieces, cur = append(pieces, cur), nil }
	put := func(b []byte) { // what may be cut anywhere
		for len(b) > 0 {
			if len(cur) >= size {
				cut()
			}
			n := min(size-len(cur), len(b))
			cur, b = append(cur, b[:n]...), b[n:]
		}
	}
	for i, text := range texts {
		units := utf16.Encode([]rune(text))
		flags := widthOf(units)
		head := u16(len(units))
		if i%3 == 1 { // font runs behind the text
			put(join(head, []byte{flags | flagRich}, u16(2)))
		} else if i%3 == 2 { // phonetic data behind the text
			put(join(head, []byte{flags | flagExt}, u32(7)))
		} else {
			put(join(head, []byte{flags}))
		}
		for len(units) > 0 {
			width := 1 + int(flags&flagWide)
			if size-len(cur) < width {
				cut()
				flags = widthOf(units)
				cur = append(cur, flags)
				continue
			}
			if width == 2 {
				cur = le.AppendUint16(cur, units[0])
			} else {
				cur = append(cur, byte(units[0]))
			}
			units = units[1:]
		}
		put(make([]byte, []int{0, 8, 7}[i%3]))
	}
	cut()
	out := rec(recSST, pieces[0])
	for _, p := range pieces[1:] {
		out = append(out, rec(recContinue, p)...)
	}
	return out
}

func widthOf(units []uint16) byte {
	for _, u := range units {
		if u > 0xFF {
			return flagWide
		}
	}
	return 0
}

// open reads a file that must be readable.
func open(t *testing.T, file []byte) *Book {
	t.Helper()
	b, err := Open(bytes.NewReader(file), int64(len(file)), Limits{})
	if err != nil {
		t.Fatalf("Open = %v", err)
	}
	return b
}

// openErr reads a file that must be refused.
func openErr(t *testing.T, file []byte, l Limits) error {
	t.Helper()
	b, err := Open(bytes.NewReader(file), int64(len(file)), l)
	if err == nil {
		t.Fatalf("Open = %+v, want an error", b)
	}
	return err
}
