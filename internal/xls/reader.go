package xls

import "sort"

// reader is the state of one Open.
type reader struct {
	records
	limits    Limits
	version   int
	codePage  int // 0 while no CodePage record was read
	date1904  bool
	decrypted bool
	charsets  []byte // of the fonts, in the order of their records
	xfs       []xf
	codes     map[int]string // format codes of the file
	formats   map[int]*Format
	sst       sharedStrings
	tabs      []tab
	budget    int // cells and merges still allowed
}

// xf is what a cell takes from its XF record, [MS-XLS] 2.4.353.
type xf struct {
	font, format int
}

// tab is a sheet as BoundSheet8 announces it.
type tab struct {
	sheet Sheet
	at    int64 // of its BOF in the stream
}

func readBook(stream []byte, limits Limits) (*Book, error) {
	version, ok := biffVersion(stream)
	if !ok {
		return nil, &DamagedError{InStream: true, What: "workbook stream does not begin with a BOF record"}
	}
	rd := &reader{
		records: records{stream: stream},
		limits:  limits,
		version: version,
		codes:   map[int]string{},
		formats: map[int]*Format{},
		budget:  limits.Cells,
	}
	bof, _ := rd.peek()
	read := rd.readSheets
	if version <= 4 || bof.u16(2) != bofGlobals {
		read = rd.readSingle
	}
	sheets, err := read()
	if err != nil {
		return nil, err
	}
	return &Book{Version: version, Date1904: rd.date1904, Sheets: sheets}, nil
}

// readSheets reads a workbook of BIFF5 or 8: what is shared first, then each sheet at the place announced for it.
func (rd *reader) readSheets() ([]Sheet, error) {
	if err := rd.readGlobals(); err != nil {
		return nil, err
	}
	if len(rd.tabs) == 0 {
		return nil, rd.damaged(rd.at, "workbook without a sheet")
	}
	rd.findSheets()
	order := make([]int, len(rd.tabs))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return rd.tabs[order[a]].at < rd.tabs[order[b]].at })
	for _, i := range order {
		t := &rd.tabs[i]
		bof, ok := rd.bofAt(t.at)
		if ok {
			t.sheet.Type = typeOf(bof, t.sheet.Type)
		}
		if t.sheet.Type != Worksheet {
			continue
		}
		// Sheets that overlap would be read once for each of them: refuse, and the work stays one pass. A sheet
		// whose BOF is missing is read when it begins where the one before ended.
		if t.at < int64(rd.at) || !ok && t.at != int64(rd.at) {
			return nil, &DamagedError{Offset: t.at, InStream: true, Sheet: t.sheet.Name, What: "no sheet begins"}
		}
		rd.at = int(t.at)
		if ok {
			rd.next()
		}
		if err := rd.readSheet(&t.sheet); err != nil {
			return nil, err
		}
	}
	sheets := make([]Sheet, len(rd.tabs))
	for i, t := range rd.tabs {
		sheets[i] = t.sheet
	}
	return sheets, nil
}

// bofAt returns the BOF record at a place of the stream.
func (rd *reader) bofAt(at int64) (record, bool) {
	if at < 0 || at > int64(len(rd.stream)) {
		return record{}, false
	}
	s := records{stream: rd.stream, at: int(at)}
	r, ok := s.next()
	return r, ok && r.id == recBOF && len(r.data) >= 4
}

// findSheets gives the tabs their places by order when none of the places announced holds a BOF record.
func (rd *reader) findSheets() {
	for _, t := range rd.tabs {
		if _, ok := rd.bofAt(t.at); ok {
			return
		}
	}
	var starts []int64
	s := records{stream: rd.stream, at: rd.at}
	depth := 0
	for {
		r, ok := s.next()
		if !ok {
			break
		}
		switch r.id {
		case recBOF:
			if depth == 0 {
				starts = append(starts, int64(r.at))
			}
			depth++
		case recEOF:
			depth = max(depth-1, 0)
		}
	}
	if len(starts) != len(rd.tabs) {
		return // readSheets says which sheet is not there
	}
	for i := range rd.tabs {
		rd.tabs[i].at = starts[i]
	}
}

// typeOf reads the type of a sheet from its BOF, which is nearer to the truth than its announcement.
func typeOf(bof record, announced SheetType) SheetType {
	switch bof.u16(2) {
	case bofWorksheet:
		return Worksheet
	case 0x0020:
		return Chart
	case 0x0040:
		return Macro
	case 0x0006:
		return Module
	}
	return announced
}
