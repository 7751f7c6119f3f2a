package ingest

import (
	"bytes"
	"errors"
)

// Book is what a file holds, before anything is understood. Macros says that it carries macros (they are never run).
type Book struct {
	Grids  []Grid `json:"grids"`
	Macros bool   `json:"macros,omitempty"`
	CSV    bool   `json:"csv,omitempty"`
}

// refusal says why a file cannot be opened. It crosses the pipe from the parser and becomes the file's one problem.
type refusal struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Hint    string `json:"hint"`
}

func (r *refusal) Error() string { return r.Message + r.Hint }

func refuse(code, message, hint string) *refusal { return &refusal{code, message, hint} }

var errDamaged = refuse("file_damaged", "文件已损坏，无法打开。", "请用 Excel 或 WPS 打开后另存为 .xlsx，再重新报送。")

// container is what bytes are, told by their content.
type container int

const (
	unknownFile container = iota
	emptyFile
	xlsxFile
	csvFile
	zipFile
	encryptedFile
	xlsFile
	xlsbFile
	odsFile
	docxFile
	docFile
	pdfFile
	htmlFile
	xmlFile
	imageFile
)

// refusals says, for each kind of file that is not read, what it is and what to do.
var refusals = map[container]*refusal{
	emptyFile:     refuse("file_empty", "文件是空的（0 字节）。", "请检查原文件，重新导出后报送。"),
	encryptedFile: refuse("file_encrypted", "文件已加密，需要密码才能打开。", "请去掉打开密码（文件—信息—保护工作簿）后另存为 .xlsx，再重新报送。"),
	xlsbFile:      refuse("file_kind", "文件是二进制工作簿（.xlsb），不能读取。", "请用 Excel 打开，另存为 .xlsx 后重新报送。"),
	odsFile:       refuse("file_kind", "文件是 OpenDocument 格式，不能读取。", "请打开后另存为 .xlsx，再重新报送。"),
	docxFile:      refuse("file_kind", "文件是 Word 文档，不是报表。", "请把数据填入季度报表（.xlsx）后报送。"),
	docFile:       refuse("file_kind", "文件不是可读取的工作簿：可能是旧版 Office 文档（.doc、.wps 等），也可能已损坏。", "请打开核对，把数据填入季度报表并另存为 .xlsx 后报送。"),
	pdfFile:       refuse("file_kind", "文件是 PDF，不是报表。", "请把数据填入季度报表（.xlsx）后报送。"),
	htmlFile:      refuse("file_kind", "文件实为网页（HTML），只是用了表格文件的名称。", "请用 Excel 或 WPS 打开，另存为 .xlsx 后重新报送。"),
	xmlFile:       refuse("file_kind", "文件是 XML 表格或其他 XML 文件，不能读取。", "请用 Excel 或 WPS 打开，另存为 .xlsx 后重新报送。"),
	imageFile:     refuse("file_kind", "文件是图片，不是报表。", "请把数据填入季度报表（.xlsx）后报送。"),
	unknownFile:   refuse("file_kind", "文件不是可识别的表格。", "请使用季度报表（.xlsx）或 .csv 格式报送。"),
}

// openBook turns a file's bytes into grids. Every error is a *refusal.
func openBook(b []byte) (Book, error) {
	switch kind := sniff(b); kind {
	case xlsxFile:
		grids, err := openXLSX(b)
		if err != nil {
			return Book{}, asRefusal(err)
		}
		return Book{Grids: grids, Macros: bytes.Contains(b, []byte("vbaProject.bin"))}, nil
	case xlsFile:
		grids, err := openXLS(b)
		if err != nil {
			return Book{}, asRefusal(err)
		}
		return Book{Grids: grids, Macros: bytes.Contains(b, utf16le("_VBA_PROJECT"))}, nil
	case csvFile:
		g, err := openCSV(b)
		if err != nil {
			return Book{}, asRefusal(err)
		}
		return Book{Grids: []Grid{g}, CSV: true}, nil
	case zipFile: // a zip of files is taken apart before its members come here
		return Book{}, refusals[unknownFile]
	default:
		return Book{}, refusals[kind]
	}
}

func asRefusal(err error) error {
	var r *refusal
	if errors.As(err, &r) {
		return r
	}
	return errDamaged
}

// sniff tells what the bytes are.
func sniff(b []byte) container {
	has := func(prefix string) bool { return bytes.HasPrefix(b, []byte(prefix)) }
	switch {
	case len(b) == 0:
		return emptyFile
	case has("PK\x03\x04"), has("PK\x05\x06"):
		return sniffZip(b)
	case has("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"):
		return sniffOLE(b)
	case has("\x09\x00\x04\x00"), has("\x09\x02\x06\x00"), has("\x09\x04\x06\x00"), has("\x09\x08\x08\x00"), has("\x09\x08\x10\x00"):
		return xlsFile
	case has("%PDF"):
		return pdfFile
	case has("\x89PNG"), has("\xFF\xD8\xFF"), has("GIF8"), has("BM") && len(b) > 14 && b[6] == 0:
		return imageFile
	case has("{\\rtf"):
		return docFile
	}
	return sniffText(b)
}

// sniffOLE looks into a compound file by the names in its directory, which are UTF-16.
func sniffOLE(b []byte) container {
	named := func(name string) bool { return bytes.Contains(b, utf16le(name)) }
	switch {
	case named("EncryptedPackage"):
		return encryptedFile
	case named("Workbook"), named("Book"):
		return xlsFile
	}
	return docFile
}

func utf16le(s string) []byte {
	var out []byte
	for _, c := range []byte(s) {
		out = append(out, c, 0)
	}
	return out
}

func sniffText(b []byte) container {
	head := bytes.TrimLeft(bytes.TrimPrefix(b[:min(len(b), 4096)], []byte("\xEF\xBB\xBF")), " \t\r\n")
	low := bytes.ToLower(head)
	switch {
	case bytes.HasPrefix(low, []byte("<!doctype html")), bytes.HasPrefix(low, []byte("<html")), bytes.HasPrefix(low, []byte("<table")), bytes.HasPrefix(low, []byte("<head")):
		return htmlFile
	case bytes.HasPrefix(low, []byte("<?xml")):
		if bytes.Contains(low, []byte("<html")) {
			return htmlFile
		}
		return xmlFile
	}
	if _, ok := decodeText(b); ok {
		return csvFile
	}
	return unknownFile
}
