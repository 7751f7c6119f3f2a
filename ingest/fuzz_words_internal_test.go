package ingest

import (
	"archive/zip"
	"bytes"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"liandu/internal/record"
)

// checkBook holds what was read from a text to its text: every fact rests on words in it, and no cell lies outside.
func checkBook(t *testing.T, book Book) {
	t.Helper()
	if w := book.Words; w != nil {
		n := utf8.RuneCountInString(w.Text)
		for name, s := range w.Spans {
			if s[0] < 0 || s[1] > n || s[0] >= s[1] {
				t.Errorf("%s rests on %v of %d characters", name, s, n)
				continue
			}
			if back, ok := record.TextSpan(w.Text, record.TextRef(w.Text, s)); !ok || back != s {
				t.Errorf("%s at %v is named %q, which is %v", name, s, record.TextRef(w.Text, s), back)
			}
		}
	}
	for _, g := range book.Grids {
		last := 0
		for _, r := range g.Rows {
			if r.N <= last {
				t.Errorf("%s: row %d after row %d", g.Name, r.N, last)
			}
			last = r.N
			for i, c := range r.Cells {
				if c.Row != r.N || c.Col < 1 || c.Col > maxCols || i > 0 && c.Col <= r.Cells[i-1].Col {
					t.Errorf("%s: a cell at %d, %d in row %d", g.Name, c.Row, c.Col, r.N)
				}
			}
		}
	}
}

// FuzzProse reads any text as a report or as separated fields.
func FuzzProse(f *testing.F) {
	files, err := filepath.Glob("extract/testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(a.Files[0].Data)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if book, err := openText(b); err == nil {
			checkBook(t, book)
		}
	})
}

// FuzzDocument reads any XML as the main part of a Word document, its tables as grids, and understands them.
func FuzzDocument(f *testing.F) {
	for _, body := range []string{
		"<w:p><w:r><w:t>5月10日，县政府与县总工会召开联席会议。</w:t></w:r></w:p>",
		`<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>召开单位</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>召开日期</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:tbl><w:tr><w:tc/></w:tr></w:tbl></w:tc></w:tr></w:tbl>`,
		`<w:p><w:ins><w:r><w:t>甲</w:t></w:r></w:ins><w:del><w:r><w:delText>乙</w:delText></w:r></w:del></w:p>`,
	} {
		f.Add([]byte(body))
	}
	units := goldenUnits(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		w, err := z.Create("word/document.xml")
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range [][]byte{[]byte(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`), body, []byte(`</w:body></w:document>`)} {
			if _, err := w.Write(part); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		book, err := openDOCX(inMemory(b.Bytes()))
		if err != nil {
			return
		}
		checkBook(t, book)
		readBook(newFormIndex(), units, "a.docx", book, chosen{}, nil, &problems{})
	})
}
