package xls

// sharedStrings is the SST, [MS-XLS] 2.4.265: the texts of the workbook, each once.
type sharedStrings struct {
	texts []string
	at    int // where the SST stands in the stream
}

// readSST reads texts until the bytes end. The counts in the header are not believed: real files understate and
// overstate them. A text that breaks off ends the table; whether that hurts is for the cell to say that wants it.
func (rd *reader) readSST(r record) error {
	rd.sst = sharedStrings{at: r.at}
	p := rd.records.continued(r)
	p.skip(4)
	unique, ok := p.u32()
	if !ok {
		return nil
	}
	for p.left() {
		n, ok := p.u16()
		if !ok {
			return nil
		}
		if n > rd.limits.Text {
			if int64(len(rd.sst.texts)) >= unique { // not a text but what lies behind the last one
				return nil
			}
			return &LimitError{What: "characters in a text", Limit: int64(rd.limits.Text)}
		}
		if len(rd.sst.texts) >= rd.limits.Cells {
			return &LimitError{What: "texts", Limit: int64(rd.limits.Cells)}
		}
		text, ok := p.unicode(n)
		if !ok {
			return nil
		}
		rd.sst.texts = append(rd.sst.texts, text)
	}
	return nil
}
