package ingest

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// checkZip looks at a zip's directory before anything is unpacked.
func checkZip(files []*zip.File, packed int) error {
	if len(files) > maxEntries {
		return refuse("file_too_big", fmt.Sprintf("压缩内容有 %d 个条目，超过 %d 个的上限。", len(files), maxEntries), "请分批报送。")
	}
	var total uint64
	for _, f := range files {
		if f.UncompressedSize64 > maxUnzipped {
			total = maxUnzipped + 1
			break
		}
		total += f.UncompressedSize64
	}
	if total > maxUnzipped {
		return refuse("file_too_big", fmt.Sprintf("解压后超过 %d MB 的上限。", maxUnzipped>>20), "请检查文件内容，只保留报表后重新报送。")
	}
	if total > freeRatio && total > uint64(packed)*maxRatio {
		return refuse("file_too_big", "解压后的大小异常，疑似压缩炸弹。", "请用 Excel 或 WPS 打开原文件，另存为新的 .xlsx 后重新报送。")
	}
	return nil
}

// zipReader opens a zip. Go's reader holds every entry of the directory before anybody can count them, some hundred
// bytes for each 47 of the file, and files are told apart in the server's own process; so they are counted first, with
// those of zips that lie within unpacked. Every error is a *refusal.
func zipReader(b []byte) (*zip.Reader, error) {
	if n := bytes.Count(b, []byte("PK\x01\x02")); n > maxDirectory {
		return nil, refuse("file_too_big", fmt.Sprintf("压缩内容有 %d 个条目，超过 %d 个的上限。", n, maxEntries), "请分批报送。")
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, errDamaged
	}
	return z, nil
}

func sniffZip(b []byte) container {
	z, err := zipReader(b)
	if err != nil {
		return xlsxFile // openXLSX says what is wrong with it
	}
	office, kind := false, zipFile
	for _, f := range z.File {
		switch name := partKey(f.Name); {
		case name == "[content_types].xml":
			office = true
		case name == "xl/workbook.bin":
			kind = xlsbFile
		case strings.HasPrefix(name, "xl/") && kind == zipFile:
			kind = xlsxFile
		case strings.HasPrefix(name, "word/") && kind == zipFile:
			kind = docxFile
		case name == "mimetype" || name == "content.xml":
			if kind == zipFile {
				kind = odsFile
			}
		}
	}
	if office && kind == zipFile {
		return xlsxFile // a package whose main part lies elsewhere
	}
	return kind
}

// member is one file of a zip: its path inside, and its bytes or why it cannot be had.
type member struct {
	name string
	data []byte
	err  *refusal
}

// unzip calls fn with each file of a zip, folders and zips within walked through, in the order they lie, one in memory
// at a time. A *refusal is about the zip; fn's error ends it.
func unzip(b []byte, fn func(member) error) error {
	u := &unzipper{budget: maxUnzipped, fn: fn}
	return u.walk("", b, 1)
}

type unzipper struct {
	budget int64 // bytes that may still be unpacked
	files  int
	fn     func(member) error
}

func (u *unzipper) walk(prefix string, b []byte, depth int) error {
	z, err := zipReader(b)
	if err != nil {
		return err
	}
	if err := checkZip(z.File, len(b)); err != nil {
		return err
	}
	for _, f := range z.File {
		name := memberName(f)
		if f.FileInfo().IsDir() || litter(name) {
			continue
		}
		if u.files++; u.files > maxEntries {
			return refuse("file_too_big", fmt.Sprintf("压缩内容超过 %d 个文件的上限。", maxEntries), "请分批报送。")
		}
		if err := u.file(prefix+name, f, depth); err != nil {
			return err
		}
	}
	return nil
}

func (u *unzipper) file(name string, f *zip.File, depth int) error {
	data, why := unpack(f, &u.budget)
	if why != nil || sniff(data) != zipFile {
		return u.fn(member{name, data, why})
	}
	if depth >= maxNesting {
		return u.fn(member{name, data, refuse("file_kind", "压缩包嵌套层数过多。", "请解压后直接报送其中的报表。")})
	}
	before := u.files
	err := u.walk(name+"/", data, depth+1)
	if errors.As(err, &why) || err == nil && u.files == before {
		if why == nil {
			why = errZipEmpty
		}
		return u.fn(member{name, data, why})
	}
	return err
}

var errZipEmpty = refuse("zip_empty", "压缩包里没有文件。", "请把报表放进压缩包后重新报送，或直接报送报表。")

func unpack(f *zip.File, budget *int64) ([]byte, *refusal) {
	if f.Flags&1 != 0 {
		return nil, refuse("file_encrypted", "压缩包已加密，需要密码才能打开。", "请去掉压缩密码后重新报送。")
	}
	r, err := f.Open()
	if err != nil {
		return nil, refuse("file_damaged", "压缩包中的文件已损坏，或使用了不支持的压缩方式。", "请重新压缩为普通 .zip，或直接报送其中的报表。")
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, *budget+1))
	if int64(len(data)) > *budget {
		return nil, refuse("file_too_big", fmt.Sprintf("解压后超过 %d MB 的上限。", maxUnzipped>>20), "请分批报送。")
	}
	*budget -= int64(len(data))
	if err != nil {
		return data, refuse("file_damaged", "压缩包中的文件已损坏。", "请重新压缩后报送，或直接报送其中的报表。")
	}
	return data, nil
}

// memberName is the entry's path as people see it: GB18030 where the zip does not say UTF-8, forward slashes,
// no way up or out.
func memberName(f *zip.File) string {
	name := f.Name
	if !utf8.ValidString(name) {
		if s, err := simplifiedchinese.GB18030.NewDecoder().String(name); err == nil {
			name = s
		}
		name = strings.ToValidUTF8(name, "\uFFFD")
	}
	name = path.Clean("/" + strings.ReplaceAll(name, `\`, "/"))
	return strings.TrimPrefix(name, "/")
}

// litter reports files that systems leave about: lock files of an open workbook, folder settings, hidden files.
func litter(name string) bool {
	base := path.Base(name)
	return strings.HasPrefix(base, "~$") || strings.HasPrefix(base, ".") || strings.EqualFold(base, "thumbs.db") ||
		strings.EqualFold(base, "desktop.ini") || strings.HasPrefix(name, "__MACOSX/") || strings.Contains(name, "/__MACOSX/")
}
