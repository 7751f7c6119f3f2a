package xls

import (
	"bytes"
	"errors"
	"runtime"
	"slices"
	"testing"
	"time"
)

func TestStreamNames(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"Workbook", "Book", "WORKBOOK", "BOOK"} {
		if got := open(t, compound(name, sample().stream())); len(got.Sheets) != 3 {
			t.Errorf("%s: %d sheets, want 3", name, len(got.Sheets))
		}
	}
}

// TestEmbedded: a workbook inside a folder of another document is not that document's content.
func TestEmbedded(t *testing.T) {
	t.Parallel()
	stream := sample().stream()
	file := compound("Workbook", stream)
	dir := 512 * 2
	folder := dirEntry("ObjectPool", 1, 2, endOfChain, 0)
	copy(file[dir+2*entrySize:], file[dir+entrySize:][:entrySize]) // the stream becomes entry 2, the folder entry 1
	copy(file[dir+entrySize:], folder)
	if err := openErr(t, file, Limits{}); !errors.Is(err, ErrNotWorkbook) {
		t.Errorf("Open = %v, want ErrNotWorkbook", err)
	}
}

// TestRings: sectors and entries that point back at themselves end the reading.
func TestRings(t *testing.T) {
	t.Parallel()
	big := sample()
	big.globals = slices.Concat(rec(0x00EB, make([]byte, 6000)), big.globals)
	file := big.file()
	fat := 512
	for name, change := range map[string]func(b []byte){
		"stream":    func(b []byte) { copy(b[fat+4*4:], u32(2)) },
		"directory": func(b []byte) { copy(b[fat+4*1:], u32(1)) },
		"siblings":  func(b []byte) { copy(b[1024+entrySize+68:], u32(1)); copy(b[1024+entrySize+72:], u32(0)) },
		"difat":     func(b []byte) { copy(b[68:], u32(1)); copy(b[72:], u32(-1)) },
		"fat":       func(b []byte) { copy(b[76:], bytes.Repeat(u32(0), 109)) },
	} {
		b := slices.Clone(file)
		change(b)
		start := time.Now()
		_, err := Open(bytes.NewReader(b), int64(len(b)), Limits{})
		if d := time.Since(start); d > time.Second {
			t.Errorf("%s: took %v (%v)", name, d, err)
		}
		if wantErr := name == "stream"; (err != nil) != wantErr {
			t.Errorf("%s: Open = %v", name, err)
		}
	}
}

// TestNestedFolders: a reader that keeps the path of each entry needs memory by the square of their number.
func TestNestedFolders(t *testing.T) {
	const folders = 20000
	var directory []byte
	for i := range folders {
		directory = append(directory, dirEntry("a", 1, i+1, endOfChain, 0)...)
	}
	file := compound("x", directory)
	copy(file[48:], u32(int(le.Uint32(file[48:])+1))) // the directory is now the stream
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if err := openErr(t, file, Limits{}); !errors.Is(err, ErrNotWorkbook) {
		t.Errorf("Open = %v, want ErrNotWorkbook", err)
	}
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > 20*uint64(len(file)) {
		t.Errorf("a file of %d bytes took %d", len(file), used)
	}
}

// TestLargeFile goes past the 109 FAT sectors of the header, which needs DIFAT sectors, and bounds time and memory.
func TestLargeFile(t *testing.T) {
	if testing.Short() {
		t.Skip("eight megabytes")
	}
	var records []byte
	for row := range 65536 {
		records = append(records, rec(recMulRK, u16(row, 0), slices.Repeat(slices.Concat(u16(0), u32(row<<2|2)), 20), u16(19))...)
	}
	file := withDIFAT(compound("Workbook", biff8(nil, sheet("表", records)).stream()))
	start := time.Now()
	got := open(t, file)
	cells := got.Sheets[0].Cells
	if len(cells) != 65536*20 || cells[len(cells)-1].Number != 65535 {
		t.Errorf("%d cells, last %+v", len(cells), cells[len(cells)-1])
	}
	t.Logf("%d bytes, %d cells in %v", len(file), len(cells), time.Since(start))
}

// withDIFAT moves the header's list of FAT sectors, of which the writer made too many for it, to DIFAT sectors at the
// end of the file.
func withDIFAT(file []byte) []byte {
	fats := int(le.Uint32(file[44:]))
	next := len(file)/512 - 1
	copy(file[68:], u32(next))
	for from := 109; from < fats; from += 127 {
		for i := from; i < from+127; i++ {
			number := noEntry
			if i < fats {
				number = i
			}
			file = append(file, u32(number)...)
		}
		next++
		if from+127 >= fats {
			next = endOfChain
		}
		file = append(file, u32(next)...)
	}
	return file
}
