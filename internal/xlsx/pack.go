package xlsx

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
)

// contentTypes is the list of parts, which stands first.
const contentTypes = "[Content_Types].xml"

// repack writes the parts again in order of their names, without times: the library writes streamed sheets and the
// list of content types in map order. Compressed bytes are copied as they are; only that list is made anew.
func repack(w io.Writer, book []byte) error {
	r, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		return fmt.Errorf("repack workbook: %w", err)
	}
	slices.SortFunc(r.File, func(a, b *zip.File) int { return cmp.Compare(a.Name, b.Name) })
	out := zip.NewWriter(w)
	if err := putContentTypes(out, r.File); err != nil {
		return err
	}
	for _, part := range r.File {
		if part.Name == contentTypes {
			continue
		}
		if err := out.Copy(part); err != nil {
			return fmt.Errorf("repack %s: %w", part.Name, err)
		}
	}
	if err := out.Close(); err != nil {
		return fmt.Errorf("repack workbook: %w", err)
	}
	return nil
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

// putContentTypes sorts the list and drops extensions that no part has.
func putContentTypes(out *zip.Writer, files []*zip.File) error {
	var list typeList
	used := map[string]bool{}
	for _, part := range files {
		used[strings.TrimPrefix(path.Ext(part.Name), ".")] = true
		if part.Name != contentTypes {
			continue
		}
		in, err := part.Open()
		if err != nil {
			return fmt.Errorf("open %s: %w", contentTypes, err)
		}
		defer in.Close()
		if err := xml.NewDecoder(in).Decode(&list); err != nil {
			return fmt.Errorf("read %s: %w", contentTypes, err)
		}
	}
	list.Default = slices.DeleteFunc(list.Default, func(d typeDefault) bool { return !used[d.Extension] })
	slices.SortFunc(list.Default, func(a, b typeDefault) int { return cmp.Compare(a.Extension, b.Extension) })
	slices.SortFunc(list.Override, func(a, b typeOverride) int { return cmp.Compare(a.PartName, b.PartName) })
	text, err := xml.Marshal(list)
	if err != nil {
		return fmt.Errorf("write %s: %w", contentTypes, err)
	}
	w, err := out.Create(contentTypes)
	if err != nil {
		return fmt.Errorf("write %s: %w", contentTypes, err)
	}
	if _, err := io.WriteString(w, xml.Header+string(text)); err != nil {
		return fmt.Errorf("write %s: %w", contentTypes, err)
	}
	return nil
}
