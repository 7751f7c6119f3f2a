package ingest

import (
	"encoding/xml"
	"strings"
)

func (x *xlsx) readStrings(part string) error {
	if x.parts[partKey(part)] == nil {
		return nil
	}
	return x.walk(part, func(d *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local != "si" {
			return nil
		}
		if len(x.strings) >= maxCells {
			return errTooManyCells
		}
		s, err := richText(d, "si")
		if err != nil {
			return err
		}
		x.strings = append(x.strings, s)
		return nil
	})
}

// richText gathers the text of runs up to the end of element end; phonetic guides are left out.
func richText(d *xml.Decoder, end string) (string, error) {
	var b strings.Builder
	inText, phonetic := false, 0
	for {
		t, err := d.RawToken()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "t":
				inText = phonetic == 0
			case "rPh":
				phonetic++
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "t":
				inText = false
			case "rPh":
				phonetic--
			case end:
				return unescape(b.String()), nil
			}
		case xml.CharData:
			if inText {
				b.Write(t)
			}
		}
	}
}

func (x *xlsx) readStyles(part string) error {
	if x.parts[partKey(part)] == nil {
		return nil
	}
	custom := map[string]string{}
	inCells := false
	return x.walk(part, func(d *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			custom[attr(e, "numFmtId")] = attr(e, "formatCode")
		case "cellXfs":
			inCells = true
		case "cellStyleXfs", "cellStyles", "dxfs":
			inCells = false
		case "xf":
			if inCells {
				id := attr(e, "numFmtId")
				x.formats = append(x.formats, formatOf(id, custom[id]))
			}
		}
		return nil
	})
}

// formatOf classes a number format by its built-in number or its code.
func formatOf(id, code string) Format {
	if code == "" {
		switch id {
		case "9", "10":
			return FormatPercent
		case "14", "15", "16", "17", "22", "27", "28", "29", "30", "31", "36", "50", "51", "52", "53", "54", "57", "58":
			return FormatDate
		}
		return FormatGeneral
	}
	code, _, _ = strings.Cut(code, ";")
	quoted, bracket, days := false, false, false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[':
			bracket = true
		case c == ']':
			bracket = false
		case bracket:
		case c == '\\' || c == '_' || c == '*':
			i++
		case c == '%':
			return FormatPercent
		case strings.IndexByte("yYdDeE", c) >= 0 && !strings.ContainsAny(code, "0#"):
			days = true
		}
	}
	if days {
		return FormatDate
	}
	return FormatGeneral
}
