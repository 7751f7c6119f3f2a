package xls

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// byteString reads a string of bytes behind a length of lengthSize bytes, as all formats before BIFF8 write text. The
// font of the cell may tell the encoding better than the workbook does.
func (rd *reader) byteString(p *pieces, lengthSize, font int) (string, bool) {
	n, ok := p.u8()
	if lengthSize == 2 {
		var high int
		high, ok = p.u8()
		n |= high << 8
	}
	if !ok {
		return "", false
	}
	b, ok := p.bytes(n)
	return decode(b, rd.encodingOf(font)), ok
}

// encodingOf returns the code page of text in a font: the font's own where it names a script, else the workbook's. A
// Macintosh workbook's is kept, since character sets are numbers of Windows.
func (rd *reader) encodingOf(font int) int {
	if font > 4 { // [MS-XLS] 2.5.129 FontIndex: 4 is never used
		font--
	}
	if mac := rd.codePage >= 10000 && rd.codePage < 10100 || rd.codePage == 32768; mac || font >= len(rd.charsets) {
		return rd.codePage
	}
	if page, ok := charsetPages[rd.charsets[font]]; ok {
		return page
	}
	return rd.codePage
}

// decode gives the text of bytes under a code page; 0 means that the file names none. U+FFFD stands for what cannot
// be read.
func decode(b []byte, page int) string {
	if isASCII(b) {
		return string(b)
	}
	if page == 10029 {
		return decodeMacCentralEurope(b)
	}
	enc, ok := codePages[page]
	if !ok && page != 0 && page != 1200 {
		return strings.Map(func(r rune) rune { return r }, string(b)) // UTF-8; other bytes become U+FFFD
	}
	if !ok { // 1200 is UTF-16, which these strings are not
		// Programs that name no code page write what their Windows used; here that is GBK, if it can be.
		text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b)
		if err == nil && !strings.ContainsRune(string(text), utf8.RuneError) {
			return string(text)
		}
		enc = charmap.Windows1252
	}
	text, err := enc.NewDecoder().Bytes(b)
	if err != nil {
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	return string(text)
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// charsetPages are the Windows character sets of fonts that name a script. ANSI 0, DEFAULT 1, SYMBOL 2 and OEM 255 do
// not.
var charsetPages = map[byte]int{
	128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256, 186: 1257, 204: 1251,
	222: 874, 238: 1250,
}

// codePages are the values of CodePage, [MS-XLS] 2.4.52. GB18030 reads all that GBK does.
var codePages = map[int]encoding.Encoding{
	437: charmap.CodePage437, 850: charmap.CodePage850, 852: charmap.CodePage852, 855: charmap.CodePage855,
	858: charmap.CodePage858, 860: charmap.CodePage860, 862: charmap.CodePage862, 863: charmap.CodePage863,
	865: charmap.CodePage865, 866: charmap.CodePage866, 874: charmap.Windows874,
	932: japanese.ShiftJIS, 936: simplifiedchinese.GB18030, 949: korean.EUCKR, 950: traditionalchinese.Big5,
	54936: simplifiedchinese.GB18030,
	1250:  charmap.Windows1250, 1251: charmap.Windows1251, 1252: charmap.Windows1252, 1253: charmap.Windows1253,
	1254: charmap.Windows1254, 1255: charmap.Windows1255, 1256: charmap.Windows1256, 1257: charmap.Windows1257,
	1258: charmap.Windows1258, 28591: charmap.ISO8859_1,
	10000: charmap.Macintosh, 10001: japanese.ShiftJIS, 10002: traditionalchinese.Big5, 10003: korean.EUCKR,
	10007: charmap.MacintoshCyrillic, 10008: simplifiedchinese.GBK,
	32768: charmap.Macintosh, 32769: charmap.Windows1252,
}

// macCentralEurope are the characters 0x80 to 0xFF of code page 10029, which x/text lacks.
const macCentralEurope = "ÄĀāÉĄÖÜáąČäčĆćéŹźĎíďĒēĖóėôöõúĚěü†°Ę£§•¶ß®©™ę¨≠ģĮįĪ≤≥īĶ∂∑łĻļĽľĹĺŅņŃ" +
	"¬√ńŇ∆«»…\u00a0ňŐÕőŌ–—“”‘’÷◊ōŔŕŘ‹›řŖŗŠ‚„šŚśÁŤťÍŽžŪÓÔūŮÚůŰűŲųÝýķŻŁżĢˇ"

func decodeMacCentralEurope(b []byte) string {
	high := []rune(macCentralEurope)
	out := make([]rune, len(b))
	for i, c := range b {
		out[i] = rune(c)
		if c >= 0x80 {
			out[i] = high[c-0x80]
		}
	}
	return string(out)
}
