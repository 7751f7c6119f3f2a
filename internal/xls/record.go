package xls

// Record numbers, [MS-XLS] 2.3. The early formats use the same numbers with another high byte (BIFF2 0x00, BIFF3 0x02,
// BIFF4 0x04); early marks those that only they write.
const (
	recBOF2         = 0x0009 // early
	recBOF3         = 0x0209 // early
	recBOF4         = 0x0409 // early
	recBOF          = 0x0809
	recEOF          = 0x000A
	recContinue     = 0x003C
	recFilePass     = 0x002F
	recCodePage     = 0x0042
	recDate1904     = 0x0022
	recBoundSheet   = 0x0085
	recFont         = 0x0031
	recFont3        = 0x0231 // early
	recFormat2      = 0x001E // early, BIFF2 and 3
	recFormat       = 0x041E
	recXF3          = 0x0243 // early
	recXF4          = 0x0443 // early
	recXF           = 0x00E0
	recSST          = 0x00FC
	recRow2         = 0x0008 // early
	recRow          = 0x0208
	recDefRowHeight = 0x0225
	recColWidth2    = 0x0024 // early
	recColInfo      = 0x007D
	recMergeCells   = 0x00E5
	recWsBool       = 0x0081
	recSheetHeader  = 0x008F // early, BIFF4 workbooks
	recInteger2     = 0x0002 // early
	recNumber2      = 0x0003 // early
	recLabel2       = 0x0004 // early
	recBoolErr2     = 0x0005 // early
	recString2      = 0x0007 // early
	recFormula      = 0x0006
	recFormula3     = 0x0206 // early
	recFormula4     = 0x0406 // early
	recNumber       = 0x0203
	recLabel        = 0x0204
	recBoolErr      = 0x0205
	recString       = 0x0207
	recRK           = 0x027E
	recMulRK        = 0x00BD
	recRString      = 0x00D6
	recLabelSST     = 0x00FD
)

// Types of a substream in its BOF, [MS-XLS] 2.4.21.
const (
	bofGlobals   = 0x0005
	bofWorksheet = 0x0010
	bofWorkbook4 = 0x0100
)

// record is one record. data points into the stream.
type record struct {
	id   uint16
	at   int // where its header stands in the stream
	data []byte
}

// u16 reads two bytes, 0 past the end. Callers that must tell the two apart check the length.
func (r record) u16(at int) int {
	if at+2 > len(r.data) {
		return 0
	}
	return int(le.Uint16(r.data[at:]))
}

// records walks a stream, or a part of it.
type records struct {
	stream []byte
	at     int
	joined pieces // what continued returned last
}

// next returns the record at the cursor and moves on. At the end of the stream, or when the bytes for a whole record
// are not there, it returns false and stays.
func (s *records) next() (record, bool) {
	r, ok := s.peek()
	if ok {
		s.at += 4 + len(r.data)
	}
	return r, ok
}

func (s *records) peek() (record, bool) {
	rest := s.stream[s.at:]
	if len(rest) < 4 {
		return record{}, false
	}
	length := int(le.Uint16(rest[2:]))
	if len(rest) < 4+length {
		return record{}, false
	}
	return record{id: le.Uint16(rest), at: s.at, data: rest[4 : 4+length : 4+length]}, true
}

// continued returns the data of r, which was just read, and of the Continue records behind it as one text. It is good
// until the next call.
func (s *records) continued(r record) *pieces {
	p := &s.joined
	p.cur, p.rest = r.data, p.rest[:0]
	for {
		c, ok := s.peek()
		if !ok || c.id != recContinue {
			return p
		}
		s.next()
		p.rest = append(p.rest, c.data)
	}
}

// biffVersion tells the version from a BOF record at the start of b.
func biffVersion(b []byte) (int, bool) {
	s := records{stream: b}
	r, ok := s.next()
	if !ok || len(r.data) < 4 {
		return 0, false
	}
	switch r.id {
	case recBOF2:
		return 2, true
	case recBOF3:
		return 3, true
	case recBOF4:
		return 4, true
	case recBOF:
		if r.u16(0) >= 0x0600 {
			return 8, true
		}
		return 5, true
	}
	return 0, false
}
