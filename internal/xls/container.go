package xls

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
)

var le = binary.LittleEndian

// Numbers of [MS-CFB] 2.1 and 2.2.
const (
	maxSector   = 0xFFFFFFFA // the first number that is not a sector
	endOfChain  = 0xFFFFFFFE
	noEntry     = 0xFFFFFFFF
	miniCutoff  = 4096 // shorter streams live in the mini stream
	miniSector  = 64
	entrySize   = 128
	entryStream = 2
)

var cfbMagic = []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}

// workbookStream returns the BIFF records of a file. The stream may be shorter than the container says: the records
// themselves tell whether anything of the workbook is missing.
func workbookStream(file []byte) ([]byte, error) {
	if !bytes.HasPrefix(file, cfbMagic) {
		if _, ok := biffVersion(file); ok {
			return file, nil
		}
		return nil, notWorkbook("neither a compound file nor a BIFF stream")
	}
	c, err := openContainer(file)
	if err != nil {
		return nil, err
	}
	streams := c.rootStreams()
	// A file saved for Excel 95 and 97 at once holds both; Workbook is the fuller.
	for _, name := range []string{"workbook", "book"} {
		if e, ok := streams[name]; ok {
			return c.read(e), nil
		}
	}
	switch {
	case !c.whole:
		return nil, &DamagedError{Offset: 48, What: "compound file directory breaks off"}
	case streams["encryptedpackage"].size > 0:
		return nil, ErrEncrypted
	case streams["worddocument"].size > 0:
		return nil, notWorkbook("a Word document")
	case streams["powerpoint document"].size > 0:
		return nil, notWorkbook("a PowerPoint document")
	}
	return nil, notWorkbook("a compound file without a workbook")
}

// container is a compound file: sectors linked into chains by the FAT.
type container struct {
	file    []byte
	sector  int
	fat     []uint32
	entries []byte // the directory, entrySize bytes each
	whole   bool   // the directory's chain has its end
	miniFAT []uint32
	mini    []byte // the mini stream
}

type entry struct {
	start uint32
	size  int64
}

func openContainer(file []byte) (*container, error) {
	if len(file) < 512 {
		return nil, &DamagedError{Offset: int64(len(file)), What: "compound file header cut short"}
	}
	shift := le.Uint16(file[30:])
	if shift != 9 && shift != 12 {
		return nil, &DamagedError{Offset: 30, What: "sector size is neither 512 nor 4096"}
	}
	c := &container{file: file, sector: 1 << shift}
	c.readFAT()
	all := int64(len(file))
	c.entries, c.whole = c.chain(le.Uint32(file[48:]), all)
	if len(c.entries) < entrySize {
		return nil, &DamagedError{Offset: 48, What: "compound file directory is missing"}
	}
	root := c.entry(0)
	c.mini, _ = c.chain(root.start, all)
	miniFAT, _ := c.chain(le.Uint32(file[60:]), all)
	c.miniFAT = uint32s(miniFAT)
	return c, nil
}

// readFAT joins the FAT's sectors: 109 named in the header, the others in a chain of DIFAT sectors.
func (c *container) readFAT() {
	most := len(c.file)/c.sector + 1 // no file has more sectors than bytes for them
	add := func(number uint32) bool {
		s := c.at(number)
		if s == nil || len(c.fat) > most {
			return false
		}
		c.fat = append(c.fat, uint32s(s)...)
		for range (c.sector - len(s)) / 4 {
			c.fat = append(c.fat, noEntry)
		}
		return true
	}
	for i := range 109 {
		if !add(le.Uint32(c.file[76+4*i:])) {
			return
		}
	}
	next := le.Uint32(c.file[68:])
	for range most {
		s := c.at(next)
		if len(s) < c.sector {
			return
		}
		numbers := uint32s(s)
		for _, n := range numbers[:len(numbers)-1] {
			if !add(n) {
				return
			}
		}
		next = numbers[len(numbers)-1]
	}
}

// at returns the bytes of a sector, fewer when the file ends in it, nil when it has none.
func (c *container) at(number uint32) []byte {
	if number >= maxSector {
		return nil
	}
	from := (int64(number) + 1) * int64(c.sector)
	if from >= int64(len(c.file)) {
		return nil
	}
	return c.file[from:min(from+int64(c.sector), int64(len(c.file)))]
}

// chain returns up to size bytes of the chain that begins at a sector, and whether it came to the chain's end or to
// size. A chain that breaks off or comes back to itself gives what came before.
func (c *container) chain(number uint32, size int64) ([]byte, bool) {
	var out []byte
	seen := make([]bool, len(c.file)/c.sector+1)
	for number != endOfChain && int64(len(out)) < size {
		s := c.at(number)
		if s == nil || seen[number] {
			break
		}
		seen[number] = true
		out = append(out, s...)
		if len(s) < c.sector || int64(number) >= int64(len(c.fat)) {
			break
		}
		number = c.fat[number]
	}
	return out[:min(int64(len(out)), size)], number == endOfChain || int64(len(out)) >= size
}

// read returns the bytes of a stream, or as many as can be found.
func (c *container) read(e entry) []byte {
	if e.size >= miniCutoff {
		b, _ := c.chain(e.start, e.size)
		return b
	}
	var out []byte
	number := e.start
	seen := make([]bool, len(c.mini)/miniSector+1)
	for int64(len(out)) < e.size {
		from := int64(number) * miniSector
		if from >= int64(len(c.mini)) || seen[number] {
			break
		}
		seen[number] = true
		out = append(out, c.mini[from:min(from+miniSector, int64(len(c.mini)))]...)
		if int64(number) >= int64(len(c.miniFAT)) {
			break
		}
		number = c.miniFAT[number]
	}
	return out[:min(int64(len(out)), e.size)]
}

func (c *container) entry(i int) entry {
	e := c.entries[i*entrySize:]
	return entry{start: le.Uint32(e[116:]), size: int64(le.Uint32(e[120:]))} // a version 3 file keeps junk above 32 bits
}

// rootStreams returns the streams directly under the root by lower-case name. A workbook embedded in another document
// lies deeper and is not that document's content.
func (c *container) rootStreams() map[string]entry {
	count := len(c.entries) / entrySize
	seen := make([]bool, count)
	streams := map[string]entry{}
	todo := []uint32{le.Uint32(c.entries[76:])} // the root's child; its siblings hang left and right of it
	for len(todo) > 0 {
		id := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if id == noEntry || int64(id) >= int64(count) || seen[id] {
			continue
		}
		seen[id] = true
		e := c.entries[int(id)*entrySize:][:entrySize]
		todo = append(todo, le.Uint32(e[72:]), le.Uint32(e[68:]))
		name := strings.ToLower(entryName(e))
		if _, taken := streams[name]; e[66] == entryStream && !taken {
			streams[name] = c.entry(int(id))
		}
	}
	return streams
}

func entryName(e []byte) string {
	n := min(int(le.Uint16(e[64:])), 64) / 2
	units := make([]uint16, 0, 32)
	for i := range n {
		if u := le.Uint16(e[2*i:]); u != 0 {
			units = append(units, u)
		}
	}
	return string(utf16.Decode(units))
}

func uint32s(b []byte) []uint32 {
	out := make([]uint32, len(b)/4)
	for i := range out {
		out[i] = le.Uint32(b[4*i:])
	}
	return out
}
