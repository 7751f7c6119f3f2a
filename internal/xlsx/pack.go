package xlsx

import (
	"archive/zip"
	"bytes"
	"cmp"
	"compress/flate"
	"encoding/xml"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// contentTypes is the list of parts, which stands first.
const contentTypes = "[Content_Types].xml"

// pack stands in for the library's zip writer: it keeps the parts until all are there and writes them in the order of
// their names, without times. The library hands over streamed sheets and the list of content types in map order.
type pack struct {
	parts    []*part
	deflater *flate.Writer
}

type part struct {
	name string
	bytes.Buffer
}

// Create implements excelize.ZipWriter.
func (p *pack) Create(name string) (io.Writer, error) {
	one := &part{name: name}
	p.parts = append(p.parts, one)
	return one, nil
}

// AddFS implements excelize.ZipWriter; the library does not call it when it writes a workbook.
func (p *pack) AddFS(fs.FS) error { return fmt.Errorf("pack a workbook: %w", fs.ErrInvalid) }

// Close implements excelize.ZipWriter; writeTo does the work.
func (p *pack) Close() error { return nil }

func (p *pack) writeTo(w io.Writer) error {
	slices.SortFunc(p.parts, func(a, b *part) int { return cmp.Compare(a.name, b.name) })
	out := zip.NewWriter(w)
	out.RegisterCompressor(zip.Deflate, p.deflate)
	for _, one := range p.parts {
		text := one.Bytes()
		if one.name == contentTypes {
			var err error
			if text, err = p.sortedTypes(text); err != nil {
				return err
			}
		}
		to, err := out.Create(one.name)
		if err != nil {
			return fmt.Errorf("pack %s: %w", one.name, err)
		}
		if _, err := to.Write(text); err != nil {
			return fmt.Errorf("pack %s: %w", one.name, err)
		}
	}
	if err := out.Close(); err != nil {
		return fmt.Errorf("pack workbook: %w", err)
	}
	return nil
}

// deflate compresses fast: a workbook of a few hundred rows is small either way. The compressor's state is large and
// parts are written one after the other, so it is kept for the next part.
func (p *pack) deflate(w io.Writer) (io.WriteCloser, error) {
	if p.deflater != nil {
		p.deflater.Reset(w)
		return p.deflater, nil
	}
	var err error
	p.deflater, err = flate.NewWriter(w, flate.BestSpeed)
	return p.deflater, err
}

type typeList struct {
	XMLName  xml.Name `xml:"http://schemas.openxmlformats.org/package/2006/content-types Types"`
	Default  []typeDefault
	Override []typeOverride
}

type typeDefault struct {
	Extension   string `xml:",attr"`
	ContentType string `xml:",attr"`
}

type typeOverride struct {
	PartName    string `xml:",attr"`
	ContentType string `xml:",attr"`
}

// sortedTypes sorts the list and drops extensions that no part has.
func (p *pack) sortedTypes(text []byte) ([]byte, error) {
	used := map[string]bool{}
	for _, one := range p.parts {
		used[strings.TrimPrefix(path.Ext(one.name), ".")] = true
	}
	var list typeList
	if err := xml.Unmarshal(text, &list); err != nil {
		return nil, fmt.Errorf("read %s: %w", contentTypes, err)
	}
	list.Default = slices.DeleteFunc(list.Default, func(d typeDefault) bool { return !used[d.Extension] })
	slices.SortFunc(list.Default, func(a, b typeDefault) int { return cmp.Compare(a.Extension, b.Extension) })
	slices.SortFunc(list.Override, func(a, b typeOverride) int { return cmp.Compare(a.PartName, b.PartName) })
	sorted, err := xml.Marshal(list)
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", contentTypes, err)
	}
	return append([]byte(xml.Header), sorted...), nil
}
