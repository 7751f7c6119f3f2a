package ingest

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// xlsx reads a workbook in one streaming pass a sheet. excelize does not serve here: its Rows gives neither a cell's
// type nor its format, and merged ranges and formats make it hold the whole sheet; its own limits do not stop a
// sheet of a few wide rows (reliability.md, finding D). Here every cap holds while the bytes still stream.
type xlsx struct {
	files    []*zip.File          // in their order
	parts    map[string]*zip.File // by lower-case path with forward slashes
	strings  []string
	formats  []Format // by style number
	date1904 bool
	cells    int // not blank, all sheets
	carried  []carriedItem
}

// openXLSX reads the workbook's sheets in their order.
func openXLSX(o original) (Book, error) {
	x, err := openPackage(o)
	if err != nil {
		return Book{}, err
	}
	grids, err := x.book()
	if err == nil {
		return Book{Grids: grids, Macros: x.macros(), Carried: x.carried}, nil
	}
	var r *refusal
	if errors.As(err, &r) {
		return Book{}, r
	}
	return Book{}, errDamaged
}

// openPackage lists the parts of a workbook, nothing unpacked. Every error is a *refusal.
func openPackage(o original) (*xlsx, error) {
	z, err := zipReader(o)
	if err != nil {
		return nil, err
	}
	if err := checkZip(z.File, o.size); err != nil {
		return nil, err
	}
	x := &xlsx{files: z.File, parts: map[string]*zip.File{}}
	for _, f := range z.File {
		x.parts[partKey(f.Name)] = f
	}
	return x, nil
}

// macros reports a workbook that carries code or the old kind of macro sheet.
func (x *xlsx) macros() bool {
	for name := range x.parts {
		if path.Base(name) == "vbaproject.bin" || strings.HasPrefix(name, "xl/macrosheets/") {
			return true
		}
	}
	return false
}

func partKey(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

type sheetEntry struct{ name, state, id string }

func (x *xlsx) book() ([]Grid, error) {
	main := x.mainPart()
	var sheets []sheetEntry
	err := x.walk(main, func(d *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			x.date1904 = truth(attr(e, "date1904"))
		case "sheet":
			sheets = append(sheets, sheetEntry{attr(e, "name"), attr(e, "state"), attrLast(e, "id")})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(sheets) > maxSheets {
		return nil, refuse("file_too_big", fmt.Sprintf("工作簿有 %d 张工作表，超过 %d 张的上限。", len(sheets), maxSheets), "请只保留报表所在的工作表后重新报送。")
	}
	rels, err := x.relations(main)
	if err != nil {
		return nil, err
	}
	for _, kind := range []struct {
		suffix string
		read   func(string) error
	}{{"/sharedStrings", x.readStrings}, {"/styles", x.readStyles}} {
		for _, r := range rels {
			if strings.HasSuffix(r.kind, kind.suffix) {
				if err := kind.read(r.target); err != nil {
					return nil, err
				}
				break
			}
		}
	}
	var grids []Grid
	for _, s := range sheets {
		g := Grid{Name: s.name, Date1904: x.date1904, Hidden: s.state == "hidden" || s.state == "veryHidden"}
		r, ok := rels[s.id]
		if ok && !strings.HasSuffix(r.kind, "/worksheet") { // a chart sheet holds no cells
			continue
		}
		if ok && g.Hidden && g.Name == dictionarySheet {
			own := Grid{}
			if err := x.readSheet(r.target, &own); err != nil {
				return nil, err
			}
			x.carried = carriedIn(own)
		}
		if ok && !g.Hidden {
			if err := x.readSheet(r.target, &g); err != nil {
				return nil, err
			}
		}
		grids = append(grids, g)
	}
	return grids, nil
}

func (x *xlsx) mainPart() string {
	rels, err := x.relations("")
	if err == nil {
		for _, r := range rels {
			if strings.HasSuffix(r.kind, "/officeDocument") {
				return r.target
			}
		}
	}
	return "xl/workbook.xml"
}

type relation struct{ kind, target string }

// relations reads the part's relations by id; targets are part names. A part without relations has none.
func (x *xlsx) relations(part string) (map[string]relation, error) {
	dir, file := path.Split(part)
	out := map[string]relation{}
	name := dir + "_rels/" + file + ".rels"
	if x.parts[partKey(name)] == nil {
		return out, nil
	}
	err := x.walk(name, func(d *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local != "Relationship" || attr(e, "TargetMode") == "External" {
			return nil
		}
		target := strings.ReplaceAll(attr(e, "Target"), `\`, "/")
		if !strings.HasPrefix(target, "/") {
			target = path.Join("/", dir, target)
		}
		out[attr(e, "Id")] = relation{attr(e, "Type"), strings.TrimPrefix(target, "/")}
		return nil
	})
	return out, err
}

// walk streams a part and calls fn at each start element; fn may read on from the decoder. A document type is
// refused: no workbook needs one and it is how entities expand.
func (x *xlsx) walk(part string, fn func(*xml.Decoder, xml.StartElement) error) error {
	f := x.parts[partKey(part)]
	if f == nil {
		return fmt.Errorf("part %s is missing", part)
	}
	r, err := f.Open()
	if err != nil {
		return fmt.Errorf("open part %s: %w", part, err)
	}
	defer r.Close()
	in := &tagged{r: utf8Reader(io.LimitReader(r, maxUnzipped))}
	d := xml.NewDecoder(in)
	d.Strict = true
	d.CharsetReader = charset
	for {
		t, err := d.RawToken()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return in.reason(err)
		}
		switch t := t.(type) {
		case xml.Directive:
			return fmt.Errorf("part %s has a document type", part)
		case xml.StartElement:
			if err := fn(d, t); err != nil {
				return in.reason(err)
			}
		}
	}
}

// utf8Reader drops a byte order mark and turns UTF-16 into UTF-8.
func utf8Reader(r io.Reader) io.Reader {
	return transform.NewReader(r, unicode.BOMOverride(transform.Nop))
}

// charset serves the encoding a part declares; UTF-16 was already turned by its byte order mark.
func charset(label string, r io.Reader) (io.Reader, error) {
	if strings.HasPrefix(strings.ToLower(label), "utf-16") {
		return r, nil
	}
	enc, err := htmlindex.Get(label)
	if err != nil {
		return nil, err
	}
	return enc.NewDecoder().Reader(r), nil
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

// attrLast finds an attribute by its local name whatever its prefix, the prefixed one first: r:id.
func attrLast(e xml.StartElement, name string) string {
	got := ""
	for _, a := range e.Attr {
		if a.Name.Local == name && (got == "" || a.Name.Space != "") {
			got = a.Value
		}
	}
	return got
}

func truth(s string) bool { return s == "1" || s == "true" || s == "on" }
