package extract

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"liandu/internal/docx"
	"liandu/internal/fault"
)

// MaxFile is the size of a file that is read.
const MaxFile = 64 << 20

// Text returns the text of a file, recognised by its content: a .docx, or plain text in UTF-8, UTF-16 or GB18030. Spans of
// FromText of that text are ranges in it. It returns fault.Invalid for anything else, and says what it is.
func Text(data []byte) (string, error) {
	switch {
	case len(data) > MaxFile:
		return "", fault.New(fault.TooLarge, "文件超过 64 MB 的上限。", "请删去其中的图片后再试。")
	case bytes.HasPrefix(data, []byte("%PDF")):
		return "", fault.New(fault.Invalid, "这是 PDF 文件，不能读取其中的文字。", "请提供 Word（.docx）或纯文本（.txt）。")
	case bytes.HasPrefix(data, []byte("PK")), bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
		d, err := docx.Text(bytes.NewReader(data), int64(len(data)), docx.DefaultLimits())
		if err != nil {
			return "", sayWhy(err)
		}
		return d.String(), nil
	case bytes.HasPrefix(data, []byte("{\\rtf")):
		return "", fault.New(fault.Invalid, "这是 RTF 文件，不能读取。", "请用 Word 或 WPS 打开后另存为 .docx 再试。")
	}
	return decode(data)
}

func sayWhy(err error) error {
	switch {
	case errors.Is(err, docx.ErrEncrypted):
		return fault.Wrap(fault.Invalid, "文件已加密，需要密码才能打开。", "请去掉密码后重新保存再试。", err)
	case errors.Is(err, docx.ErrOldFormat):
		return fault.Wrap(fault.Invalid, "这是 .doc、.wps 等旧格式文件，不能读取。", "请用 Word 或 WPS 打开后另存为 .docx 再试。", err)
	case errors.Is(err, docx.ErrNotDocx):
		return fault.Wrap(fault.Invalid, "这不是 Word 文档。", "请提供 Word（.docx）或纯文本（.txt）。", err)
	case errors.Is(err, docx.ErrTooBig):
		return fault.Wrap(fault.TooLarge, "文档展开后过大，不能读取。", "请删去其中的图片和多余内容，另存为新的 .docx 再试。", err)
	}
	return fault.Wrap(fault.Invalid, "Word 文档已损坏，不能读取。", "请用 Word 或 WPS 打开后另存为新的 .docx 再试。", err)
}

// decode reads plain text. Bytes that are no text in any of the encodings are refused.
func decode(data []byte) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		return decodeUTF16(data[2:], data[0] == 0xff), nil
	case utf8.Valid(data):
		return strings.TrimPrefix(string(data), "\ufeff"), notText(data)
	}
	s, err := simplifiedchinese.GB18030.NewDecoder().String(string(data))
	if err != nil || strings.Count(s, "\ufffd") > len(s)/100 {
		return "", errNotText
	}
	return s, notText(data)
}

func decodeUTF16(data []byte, isLittle bool) string {
	units := make([]uint16, 0, len(data)/2)
	for i := 0; i+1 < len(data); i += 2 {
		if isLittle {
			units = append(units, uint16(data[i])|uint16(data[i+1])<<8)
		} else {
			units = append(units, uint16(data[i])<<8|uint16(data[i+1]))
		}
	}
	return string(utf16.Decode(units))
}

var errNotText = fault.New(fault.Invalid, "这不是文本文件，不能读取。", "请提供 Word（.docx）或纯文本（.txt）。")

func notText(data []byte) error {
	if bytes.IndexByte(data, 0) >= 0 {
		return errNotText
	}
	return nil
}
