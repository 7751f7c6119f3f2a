package xls

import "unicode/utf16"

// pieces is the data of a record and of its Continue records, read as one.
type pieces struct {
	rest  [][]byte // pieces not yet begun
	cur   []byte   // what is left of the piece begun
	units []uint16 // kept from text to text, to allocate once
}

// advance goes to the next piece, and is false when there is none.
func (p *pieces) advance() bool {
	if len(p.rest) == 0 {
		return false
	}
	p.cur, p.rest = p.rest[0], p.rest[1:]
	return true
}

// left reports whether a byte is left.
func (p *pieces) left() bool {
	for len(p.cur) == 0 {
		if !p.advance() {
			return false
		}
	}
	return true
}

func (p *pieces) u8() (int, bool) {
	if !p.left() {
		return 0, false
	}
	b := p.cur[0]
	p.cur = p.cur[1:]
	return int(b), true
}

func (p *pieces) u16() (int, bool) {
	low, _ := p.u8()
	high, ok := p.u8()
	return low | high<<8, ok
}

func (p *pieces) u32() (int64, bool) {
	low, _ := p.u16()
	high, ok := p.u16()
	return int64(low) | int64(high)<<16, ok
}

// skip passes over n bytes, across pieces.
func (p *pieces) skip(n int64) bool {
	for n > 0 {
		if !p.left() {
			return false
		}
		step := min(n, int64(len(p.cur)))
		p.cur = p.cur[step:]
		n -= step
	}
	return true
}

// bytes returns the next n bytes, across pieces and without flags between them, as byte strings have it.
func (p *pieces) bytes(n int) ([]byte, bool) {
	if len(p.cur) >= n {
		b := p.cur[:n]
		p.cur = p.cur[n:]
		return b, true
	}
	var out []byte
	for len(out) < n {
		if !p.left() {
			return nil, false
		}
		step := min(n-len(out), len(p.cur))
		out = append(out, p.cur[:step]...)
		p.cur = p.cur[step:]
	}
	return out, true
}

// Flags of a Unicode string, [MS-XLS] 2.5.293 XLUnicodeRichExtendedString.
const (
	flagWide = 0x01 // two bytes a character; else one, its high byte being zero
	flagExt  = 0x04 // phonetic data follow the text
	flagRich = 0x08 // font runs follow the text
)

// unicode reads a string of n characters whose flags come first, with its font runs and phonetic data passed over.
// Where the characters go on in the next piece, that piece begins with flags of its own: the width may change there.
func (p *pieces) unicode(n int) (string, bool) {
	flags, ok := p.u8()
	if !ok {
		return "", false
	}
	var behind int64
	if flags&flagRich != 0 {
		runs, ok := p.u16()
		if !ok {
			return "", false
		}
		behind += 4 * int64(runs)
	}
	if flags&flagExt != 0 {
		ext, ok := p.u32()
		if !ok {
			return "", false
		}
		behind += ext
	}
	text, ok := p.chars(n, flags&flagWide != 0)
	return text, ok && p.skip(behind)
}

func (p *pieces) chars(n int, wide bool) (string, bool) {
	p.units = p.units[:0]
	for {
		if wide {
			k := min(n, len(p.cur)/2)
			for i := range k {
				p.units = append(p.units, le.Uint16(p.cur[2*i:]))
			}
			p.cur, n = p.cur[2*k:], n-k
		} else {
			k := min(n, len(p.cur))
			for _, b := range p.cur[:k] {
				p.units = append(p.units, uint16(b))
			}
			p.cur, n = p.cur[k:], n-k
		}
		if n == 0 {
			return string(utf16.Decode(p.units)), true
		}
		if len(p.cur) > 0 || !p.left() { // half a character, or nothing more
			return "", false
		}
		wide = p.cur[0]&flagWide != 0
		p.cur = p.cur[1:]
	}
}
