package xls

// readGlobals reads the records up to the EOF of the first substream, the one all sheets share.
func (rd *reader) readGlobals() error {
	rd.next() // its BOF
	for {
		r, ok := rd.peek()
		switch {
		case !ok:
			return rd.damaged(rd.at, "stream ends before the first sheet")
		case r.id == recBOF: // some writers leave the EOF out
			return nil
		}
		rd.next()
		if r.id == recEOF {
			return nil
		}
		if err := rd.global(r); err != nil {
			return err
		}
	}
}

// global takes in a record that is not about one sheet; others pass.
func (rd *reader) global(r record) error {
	switch r.id {
	case recFilePass:
		return rd.openPass(r)
	case recCodePage:
		rd.codePage = r.u16(0)
	case recDate1904:
		rd.date1904 = r.u16(0) == 1
	case recFont, recFont3:
		rd.addFont(r)
	case recXF, recXF3, recXF4:
		rd.addXF(r)
	case recFormat, recFormat2:
		rd.addFormat(r)
	case recBoundSheet:
		return rd.addTab(r)
	case recSST:
		return rd.readSST(r)
	}
	return nil
}

// openPass goes on with the stream in clear if a FilePass record lets it. Once: each time costs a pass over all bytes.
func (rd *reader) openPass(r record) error {
	switch {
	case rd.version < 8:
		return ErrEncrypted
	case rd.decrypted:
		return rd.damaged(r.at, "encrypted twice")
	}
	rd.decrypted = true
	var err error
	rd.stream, err = decrypt(rd.stream, r)
	return err
}

// addFont keeps a font's character set, [MS-XLS] 2.4.122; the formats before BIFF5 have none.
func (rd *reader) addFont(r record) {
	var charset byte
	if rd.version >= 5 && len(r.data) > 12 {
		charset = r.data[12]
	}
	if len(rd.charsets) < 1<<16 {
		rd.charsets = append(rd.charsets, charset)
	}
}

func (rd *reader) addXF(r record) {
	x := xf{font: r.u16(0), format: r.u16(2)}
	if rd.version <= 4 {
		x = xf{font: r.u16(0) & 0xFF, format: r.u16(0) >> 8}
	}
	if len(rd.xfs) < 1<<16 {
		rd.xfs = append(rd.xfs, x)
	}
}

// addFormat keeps a number format, [MS-XLS] 2.4.126. A code that cannot be read leaves its number to the built-in
// formats.
func (rd *reader) addFormat(r record) {
	p := rd.continued(r)
	var code string
	id, ok := len(rd.codes), true // BIFF2, 3 and 4 number them by order, and a cell holds a byte of the number
	switch rd.version {
	case 8:
		id, _ = p.u16()
		var n int
		if n, ok = p.u16(); ok {
			code, ok = p.unicode(n)
		}
	case 5:
		id, _ = p.u16()
		code, ok = rd.byteString(p, 1, 0)
	case 4:
		p.skip(2)
		code, ok = rd.byteString(p, 1, 0)
	default:
		code, ok = rd.byteString(p, 1, 0)
	}
	if rd.version >= 5 && ok || rd.version <= 4 && id < 256 {
		rd.codes[id] = code
	}
}

// addTab keeps a BoundSheet8, [MS-XLS] 2.4.28.
func (rd *reader) addTab(r record) error {
	if len(r.data) < 7 {
		return rd.damaged(r.at, "BoundSheet8 cut short")
	}
	if len(rd.tabs) >= rd.limits.Sheets {
		return &LimitError{What: "sheets", Limit: int64(rd.limits.Sheets)}
	}
	t := tab{at: int64(le.Uint32(r.data))}
	hidden := r.data[4] & 0x03
	t.sheet.Hidden, t.sheet.VeryHidden = hidden != 0, hidden == 2
	switch r.data[5] {
	case 1:
		t.sheet.Type = Macro
	case 2:
		t.sheet.Type = Chart
	case 6:
		t.sheet.Type = Module
	}
	p := rd.continued(r)
	p.skip(6)
	var ok bool
	if rd.version == 8 {
		n, _ := p.u8()
		t.sheet.Name, ok = p.unicode(n)
	} else {
		t.sheet.Name, ok = rd.byteString(p, 1, 0)
	}
	if !ok {
		return rd.damaged(r.at, "sheet name cut short")
	}
	rd.tabs = append(rd.tabs, t)
	return nil
}

func (rd *reader) damaged(at int, what string) error {
	return &DamagedError{Offset: int64(at), InStream: true, What: what}
}
