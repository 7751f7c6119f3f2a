package ingest

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// checkZip looks at a zip's directory before anything is unpacked.
func checkZip(files []*zip.File, packed int64) error {
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
// bytes for each 47 of the file, and zips are taken apart in the server's own process; so they are counted first, with
// those of zips that lie within unpacked. Every error is a *refusal.
func zipReader(o original) (*zip.Reader, error) {
	if n := o.count([]byte("PK\x01\x02")); n > maxDirectory {
		return nil, refuse("file_too_big", fmt.Sprintf("压缩内容有 %d 个条目，超过 %d 个的上限。", n, maxEntries), "请分批报送。")
	}
	z, err := zip.NewReader(o.r, o.size)
	if err != nil {
		return nil, errDamaged
	}
	return z, nil
}

func sniffZip(o original) container {
	z, err := zipReader(o)
	if err != nil {
		return xlsxFile // openXLSX says what is wrong with it
	}
	office, locked, kind := false, false, zipFile
	first := func(k container) {
		if kind == zipFile {
			kind = k
		}
	}
	for _, f := range z.File {
		switch name := partKey(f.Name); {
		case name == "[content_types].xml":
			office = true
		case name == "xl/workbook.bin":
			kind = xlsbFile
		case strings.HasPrefix(name, "xl/"):
			first(xlsxFile)
		case strings.HasPrefix(name, "word/"):
			first(docxFile)
		case strings.HasPrefix(name, "ppt/"):
			first(pptFile)
		case name == "ofd.xml":
			first(ofdFile)
		case name == "mimetype":
			first(openDocument(f))
		case name == "content.xml":
			first(odsFile)
		case name == "meta-inf/manifest.xml":
			locked = strings.Contains(begin(f), ":encryption-data")
		}
	}
	if locked && (kind == odsFile || kind == odtFile) {
		return encryptedFile
	}
	if office && kind == zipFile {
		return xlsxFile // a package whose main part lies elsewhere
	}
	return kind
}

// openDocument tells by its first entry what an OpenDocument package is; another zip with a file of that name is none.
func openDocument(f *zip.File) container {
	switch said := begin(f); {
	case !strings.Contains(said, "opendocument"):
		return zipFile
	case strings.Contains(said, "spreadsheet"):
		return odsFile
	}
	return odtFile
}

// begin is how a part begins, as far as it can be had.
func begin(f *zip.File) string {
	r, err := f.Open()
	if err != nil {
		return ""
	}
	defer r.Close()
	b, _ := io.ReadAll(io.LimitReader(r, 16<<10)) // what cannot be read is not there
	return string(b)
}

// member is one file of a zip: its path inside, and its bytes or why it cannot be had.
type member struct {
	name string
	data original
	err  *refusal
}

// spool is where a member too large for memory waits, one at a time a level: the data folder's own disk.
type spool func() (*os.File, error)

// unzip calls fn with each file of a zip, folders and zips within walked through, in the order they lie, one at a time.
// A *refusal is about the zip; fn's error ends it. A member's bytes are gone when fn returns.
func unzip(o original, disk spool, fn func(member) error) error {
	u := &unzipper{budget: maxUnzipped, disk: disk, fn: fn}
	return u.walk("", o, 1)
}

type unzipper struct {
	budget int64 // bytes that may still be unpacked
	files  int
	disk   spool
	fn     func(member) error
}

func (u *unzipper) walk(prefix string, o original, depth int) error {
	z, err := zipReader(o)
	if err != nil {
		return err
	}
	if err := checkZip(z.File, o.size); err != nil {
		return err
	}
	for _, f := range z.File {
		name, folder := memberName(f)
		if folder || litter(name) {
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

func (u *unzipper) file(name string, f *zip.File, depth int) (err error) {
	data, done, why, err := u.unpack(f)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	if why != nil || !isZipOfFiles(data) {
		return u.fn(member{name, data, why})
	}
	if depth >= maxNesting {
		return u.fn(member{name, data, refuse("file_kind", "压缩包嵌套层数过多。", "请解压后直接报送其中的报表。")})
	}
	before := u.files
	err = u.walk(name+"/", data, depth+1)
	if errors.As(err, &why) || err == nil && u.files == before {
		if why == nil {
			why = errZipEmpty
		}
		return u.fn(member{name, data, why})
	}
	return err
}

var errZipEmpty = refuse("zip_empty", "压缩包里没有文件。", "请把报表放进压缩包后重新报送，或直接报送报表。")

// unpack gives a member's bytes, in memory or, beyond maxSpool, on disk; done gives them up. A member that cannot be had
// whole comes with the reason and as much as there was.
func (u *unzipper) unpack(f *zip.File) (o original, done func() error, why *refusal, err error) {
	done = func() error { return nil }
	if f.Flags&1 != 0 {
		return inMemory(nil), done, refuse("file_encrypted", "压缩包已加密，需要密码才能打开。", "请去掉压缩密码后重新报送。"), nil
	}
	r, err := f.Open()
	if err != nil {
		return inMemory(nil), done, refuse("file_damaged", "压缩包中的文件已损坏，或使用了不支持的压缩方式。", "请重新压缩为普通 .zip，或直接报送其中的报表。"), nil
	}
	defer r.Close()
	begin, broken := io.ReadAll(io.LimitReader(r, min(maxSpool, u.budget)+1))
	u.budget -= int64(len(begin))
	o = inMemory(begin)
	if broken == nil && u.budget >= 0 && len(begin) > maxSpool {
		file, err := u.disk()
		if err != nil {
			return o, done, nil, noSpace(fmt.Errorf("spool %s: %w", f.Name, err))
		}
		done = func() error { return errors.Join(file.Close(), os.Remove(file.Name())) }
		if _, err = file.Write(begin); err != nil {
			return o, done, nil, errors.Join(noSpace(fmt.Errorf("spool %s: %w", f.Name, err)), done())
		}
		in := &reading{r: io.LimitReader(r, u.budget+1)}
		n, err := io.Copy(file, in)
		if broken = in.err; err != nil && broken == nil {
			return o, done, nil, errors.Join(noSpace(fmt.Errorf("spool %s: %w", f.Name, err)), done())
		}
		u.budget -= n
		o = original{file, int64(len(begin)) + n}
	}
	switch {
	case u.budget < 0:
		return inMemory(nil), done, refuse("file_too_big", fmt.Sprintf("解压后超过 %d MB 的上限。", maxUnzipped>>20), "请分批报送。"), nil
	case broken != nil:
		return o, done, refuse("file_damaged", "压缩包中的文件已损坏。", "请重新压缩后报送，或直接报送其中的报表。"), nil
	}
	return o, done, nil, nil
}

// reading tells an error of the side read from one of the side written.
type reading struct {
	r   io.Reader
	err error
}

func (r *reading) Read(p []byte) (int, error) {
	n, err := r.r.Read(p)
	if err != nil && err != io.EOF {
		r.err = err
	}
	return n, err
}

// memberName is the entry's path as people see it: GB18030 where the zip does not say UTF-8, forward slashes,
// no way up or out. folder says that it is one.
func memberName(f *zip.File) (name string, folder bool) {
	name = f.Name
	if !utf8.ValidString(name) {
		if s, err := simplifiedchinese.GB18030.NewDecoder().String(name); err == nil {
			name = s
		}
		name = strings.ToValidUTF8(name, "\uFFFD")
	}
	name = strings.ReplaceAll(name, `\`, "/")
	return strings.TrimPrefix(path.Clean("/"+name), "/"), f.FileInfo().IsDir() || strings.HasSuffix(name, "/")
}

// litter reports files that systems leave about: lock files of an open workbook, folder settings, hidden files.
func litter(name string) bool {
	base := path.Base(name)
	return strings.HasPrefix(base, "~$") || strings.HasPrefix(base, ".") || strings.EqualFold(base, "thumbs.db") ||
		strings.EqualFold(base, "desktop.ini") || strings.HasPrefix(name, "__MACOSX/") || strings.Contains(name, "/__MACOSX/")
}
