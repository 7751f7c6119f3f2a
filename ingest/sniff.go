package ingest

import (
	"bytes"
	"regexp"
	"strings"

	"liandu/internal/xls"
)

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
	odtFile
	docxFile
	docFile
	pptFile
	oleFile
	ofdFile
	pdfFile
	rtfFile
	htmlFile
	mhtFile
	sheetXMLFile
	wordXMLFile
	xmlFile
	imageFile
	archiveFile
	programFile
	databaseFile
)

const (
	saveAsXLSX = "请用 Excel 或 WPS 打开，另存为 .xlsx 后重新报送。"
	fillForm   = "请把数据填入季度报表（.xlsx）后报送。"
)

// refusals says, for each kind of file that is not read, what it is and what to do.
var refusals = map[container]*refusal{
	emptyFile:     refuse("file_empty", "文件是空的（0 字节）。", "请检查原文件，重新导出后报送。"),
	encryptedFile: refuse("file_encrypted", "文件已加密，需要密码才能打开。", "请去掉打开密码（文件—信息—保护工作簿）后另存为 .xlsx，再重新报送。"),
	xlsbFile:      refuse("file_kind", "文件是二进制工作簿（.xlsb），不能读取。", saveAsXLSX),
	odsFile:       refuse("file_kind", "文件是 OpenDocument 表格（.ods），不能读取。", saveAsXLSX),
	odtFile:       refuse("file_kind", "文件是 OpenDocument 文档（.odt 等），不是报表。", fillForm),
	docFile:       refuse("file_kind", "文件是旧版文字文档（Word 的 .doc 或 WPS 文字的 .wps），不能读取。", "报表请填入季度报表（.xlsx）；会议纪要、书面报告请另存为 .docx 后报送。"),
	pptFile:       refuse("file_kind", "文件是演示文稿（.ppt、.pptx 或 .dps），不是报表。", fillForm),
	oleFile:       refuse("file_kind", "文件不是可读取的工作簿：可能是其他程序的旧版文档，也可能已损坏。", "请打开核对，把数据填入季度报表并另存为 .xlsx 后报送。"),
	ofdFile:       refuse("file_kind", "文件是 OFD 版式文件，不是报表。", fillForm),
	pdfFile:       refuse("file_kind", "文件是 PDF，不是报表。", "报表请填入季度报表（.xlsx）；会议纪要、书面报告请用原来的 .docx 报送，扫描件请录入为文字（.docx、.txt）后报送。"),
	rtfFile:       refuse("file_kind", "文件是 RTF 文档，不是报表。", "报表请填入季度报表（.xlsx）；会议纪要、书面报告请另存为 .docx 后报送。"),
	mhtFile:       refuse("file_kind", "文件实为单个文件网页（.mht），不能读取。", saveAsXLSX),
	wordXMLFile:   refuse("file_kind", "文件是 Word 的 XML 文档，不是报表。", "报表请填入季度报表（.xlsx）；会议纪要、书面报告请另存为 .docx 后报送。"),
	xmlFile:       refuse("file_kind", "文件是 XML 数据文件，不是表格。", saveAsXLSX),
	imageFile:     refuse("file_kind", "文件是图片，不是报表。", fillForm),
	archiveFile:   refuse("file_kind", "文件是 RAR、7z 等格式的压缩包，不能解开。", "请解压后重新压缩为 .zip，或直接报送其中的报表。"),
	programFile:   refuse("file_kind", "文件是可执行程序（或自解压压缩包），没有打开。", "请核对来源；确有报表的，解压后直接报送其中的报表。"),
	databaseFile:  refuse("file_kind", "文件是数据库文件（.mdb、.accdb 等），不是报表。", fillForm),
	unknownFile:   refuse("file_kind", "文件不是可识别的表格。", "请使用季度报表（.xlsx）或 .csv 格式报送。"),
}

const oleMagic = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"

// magics are the first bytes of the kinds that are known by them.
var magics = []struct {
	prefix string
	kind   container
}{
	{"\x09\x00\x04\x00", xlsFile}, {"\x09\x02\x06\x00", xlsFile}, {"\x09\x04\x06\x00", xlsFile}, {"\x09\x08\x08\x00", xlsFile}, {"\x09\x08\x10\x00", xlsFile},
	{"%PDF", pdfFile}, {"{\\rtf", rtfFile},
	{"\x89PNG", imageFile}, {"\xFF\xD8\xFF", imageFile}, {"GIF8", imageFile}, {"II*\x00", imageFile}, {"MM\x00*", imageFile},
	{"Rar!\x1A\x07", archiveFile}, {"7z\xBC\xAF\x27\x1C", archiveFile}, {"\x1F\x8B\x08", archiveFile}, {"MSCF\x00", archiveFile}, {"BZh", archiveFile}, {"\xFD7zXZ\x00", archiveFile},
	{"MZ", programFile}, {"\x7FELF", programFile},
	{"\x00\x01\x00\x00Standard ", databaseFile}, {"SQLite format 3\x00", databaseFile},
}

// isZipOfFiles is all that the server itself asks of a file: whether it is to be taken apart.
func isZipOfFiles(o original) bool {
	return bytes.HasPrefix(o.head(4), []byte("PK")) && sniff(o) == zipFile
}

// sniff tells what the bytes are.
func sniff(o original) container {
	head := o.head(512)
	has := func(prefix string) bool { return bytes.HasPrefix(head, []byte(prefix)) }
	switch {
	case o.size == 0:
		return emptyFile
	case has("PK\x03\x04"), has("PK\x05\x06"):
		return sniffZip(o)
	case has(oleMagic):
		return sniffOLE(o)
	}
	for _, m := range magics {
		if has(m.prefix) && (m.prefix != "MZ" || bytes.IndexByte(head, 0) >= 0) {
			return m.kind
		}
	}
	switch {
	case has("BM") && len(head) > 14 && head[6] == 0,
		has("RIFF") && len(head) > 12 && string(head[8:12]) == "WEBP",
		len(head) > 12 && string(head[4:8]) == "ftyp" && strings.Contains("heic heix mif1 avif", string(head[8:12])):
		return imageFile
	case len(head) > 262 && string(head[257:262]) == "ustar":
		return archiveFile
	}
	return sniffText(o)
}

// sniffOLE looks into a compound file by the streams under its root.
func sniffOLE(o original) container {
	if o.size > maxText { // no workbook of this kind comes near; openXLS says that it is too large
		return xlsFile
	}
	b, err := o.all()
	if err != nil {
		return oleFile
	}
	switch xls.ContentOf(b) {
	case xls.ContentEncrypted:
		return encryptedFile
	case xls.ContentWorkbook:
		return xlsFile
	case xls.ContentWord:
		return docFile
	case xls.ContentPresentation:
		return pptFile
	case xls.ContentDamaged:
		return sniffBrokenOLE(b)
	}
	return oleFile
}

// sniffBrokenOLE looks for the streams' names anywhere, where the directory that should list them breaks off.
func sniffBrokenOLE(b []byte) container {
	for _, n := range []struct {
		name string
		kind container
	}{
		{"EncryptedPackage", encryptedFile}, {"WordDocument", docFile}, {"PowerPoint Document", pptFile},
		{"Workbook", xlsFile}, {"Book", xlsFile}, // openXLS says that it is damaged
	} {
		if bytes.Contains(b, utf16le(n.name)) {
			return n.kind
		}
	}
	return oleFile
}

// sniffText tells kinds of text by how they begin, whatever their encoding.
func sniffText(o original) container {
	if o.size > maxText {
		return csvFile // openText says that it is too large
	}
	b, err := o.all()
	if err != nil {
		return unknownFile
	}
	text, ok := decodeText(b)
	if !ok {
		return unknownFile
	}
	low := strings.ToLower(strings.TrimLeft(text[:min(len(text), 64<<10)], " \t\r\n\ufeff"))
	switch {
	case strings.HasPrefix(low, "mime-version:"):
		return mhtFile
	case !strings.HasPrefix(low, "<"):
		return csvFile
	case sheetRoot.MatchString(low):
		return sheetXMLFile
	case htmlMark.MatchString(low):
		return htmlFile
	case strings.HasPrefix(low, "<?xml") && strings.Contains(low, "word.document"), strings.Contains(low, "<w:worddocument"):
		return wordXMLFile
	case strings.HasPrefix(low, "<?xml"), xmlRoot.MatchString(low):
		return xmlFile
	}
	return csvFile
}

var (
	sheetRoot = regexp.MustCompile(`<(?:[a-z0-9_]+:)?workbook[\s>][^<]*urn:schemas-microsoft-com:office:spreadsheet`)
	htmlMark  = regexp.MustCompile(`<(?:!doctype html|html|head|body|table|tr|td)[\s>]`)
	xmlRoot   = regexp.MustCompile(`^<[a-z_][a-z0-9_.:-]*(?:\s+[a-z_:][a-z0-9_.:-]*\s*=\s*["'][^<]*)*\s*/?>`)
)
