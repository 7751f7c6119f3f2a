package docx

import (
	"fmt"
	"strings"
)

// Style is a paragraph style's id. Its name in the document is Chinese, for the official who edits it.
type Style string

// The paragraph styles of an official paper.
const (
	Body           Style = "PaperBody"           // 公文正文
	Empty          Style = "PaperEmpty"          // 公文空行
	Mark           Style = "PaperMark"           // 发文机关标志
	Number         Style = "PaperNumber"         // 发文字号, with the red rule 4 mm below
	MinutesNumber  Style = "PaperMinutesNumber"  // 纪要编号
	MinutesOffice  Style = "PaperMinutesOffice"  // 编印机关和日期, with the red rule 4 mm below
	Attendance     Style = "PaperAttendance"     // 出席、列席、请假: lines turn under the first name
	LetterNumber   Style = "PaperLetterNumber"   // 函文号
	Title          Style = "PaperTitle"          // 公文标题
	Addressee      Style = "PaperAddressee"      // 主送机关
	Heading1       Style = "PaperHeading1"       // 一级标题
	Heading2       Style = "PaperHeading2"       // 二级标题
	AttachmentNote Style = "PaperAttachmentNote" // 附件说明
	Signature      Style = "PaperSignature"      // 发文机关署名
	SignDate       Style = "PaperSignDate"       // 成文日期
	Remark         Style = "PaperRemark"         // 附注
	AttachmentMark Style = "PaperAttachmentMark" // 附件序号
	TableTitle     Style = "PaperTableTitle"     // 附件标题
	TableLine      Style = "PaperTableLine"      // 表上说明: 截至 at the left, 单位 at the right
	TableSubhead   Style = "PaperTableSubhead"   // 分表标题: （一） over one of several tables
	TableHead      Style = "PaperTableHead"      // 表头
	TableText      Style = "PaperTableText"      // 表内文字
	TableNote      Style = "PaperTableNote"      // 表注
	FormTitle      Style = "PaperFormTitle"      // 表单标题
	CopyTo         Style = "PaperCopyTo"         // 抄送机关
	Printed        Style = "PaperPrinted"        // 印发机关和日期
	PageNumber     Style = "PaperPageNumber"     // 页码
	styleTiny      Style = "PaperTiny"           // 占位
)

// Fonts. Only their names stand in the file; none is embedded.
const (
	fontSong = "方正小标宋简体"
	fontFang = "仿宋_GB2312"
	fontHei  = "黑体"
	fontKai  = "楷体_GB2312"
	fontPage = "宋体"
	latin    = "Times New Roman"
)

// look is a style's definition. Sizes are half points, lengths twips; a length of characters is given both ways.
type look struct {
	id      Style
	name    string
	font    string
	size    int
	colour  string
	align   string
	line    int
	before  int
	chars   int // spacing between characters, 0 is CharSpacing for 三号
	indent  string
	outline int // 1 and 2 for headings
	extra   string
}

const (
	indentNone  = `<w:ind w:firstLineChars="0" w:firstLine="0"/>`
	indentFirst = `<w:ind w:firstLineChars="200" w:firstLine="640"/>`
)

var looks = []look{
	{id: Body, name: "公文正文", indent: indentFirst, align: "both"},
	{id: Empty, name: "公文空行", indent: indentNone},
	{id: Mark, name: "发文机关标志", font: fontSong, size: 104, colour: "FF0000", align: "center", line: 1200, indent: indentNone},
	{id: Number, name: "发文字号", align: "center", indent: indentNone,
		extra: `<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="11" w:color="FF0000"/></w:pBdr>`},
	{id: MinutesNumber, name: "纪要编号", align: "center", indent: indentNone},
	{id: MinutesOffice, name: "编印机关和日期", indent: indentNone,
		extra: `<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="11" w:color="FF0000"/></w:pBdr><w:tabs><w:tab w:val="right" w:pos="8845"/></w:tabs>`},
	{id: Attendance, name: "出席人员", indent: `<w:ind w:leftChars="500" w:left="1600" w:hangingChars="300" w:hanging="960"/>`},
	{id: LetterNumber, name: "函文号", align: "right", before: 276, indent: indentNone},
	{id: Title, name: "公文标题", font: fontSong, size: 44, align: "center", indent: indentNone, line: LinePitch},
	{id: Addressee, name: "主送机关", indent: indentNone, align: "both"},
	{id: Heading1, name: "一级标题", font: fontHei, indent: indentFirst, align: "both", outline: 1},
	{id: Heading2, name: "二级标题", font: fontKai, indent: indentFirst, align: "both", outline: 2},
	{id: AttachmentNote, name: "附件说明", indent: `<w:ind w:leftChars="600" w:left="1920" w:hangingChars="400" w:hanging="1280"/>`},
	{id: Signature, name: "发文机关署名", align: "right", indent: `<w:ind w:rightChars="400" w:right="1280"/>`},
	{id: SignDate, name: "成文日期", align: "right", indent: `<w:ind w:rightChars="400" w:right="1280"/>`},
	{id: Remark, name: "附注", indent: indentFirst},
	{id: AttachmentMark, name: "附件序号", font: fontHei, indent: indentNone},
	{id: TableTitle, name: "附件标题", font: fontSong, size: 44, align: "center", indent: indentNone},
	{id: TableLine, name: "表上说明", size: 28, indent: indentNone, line: 400, extra: `<w:tabs><w:tab w:val="right" w:pos="12756"/></w:tabs>`},
	{id: TableSubhead, name: "分表标题", font: fontKai, size: 28, indent: indentNone, line: 480},
	{id: TableHead, name: "表头", font: fontHei, size: 21, align: "center", indent: indentNone, line: 320},
	{id: TableText, name: "表内文字", size: 21, indent: indentNone, line: 320},
	{id: TableNote, name: "表注", size: 21, indent: indentNone, line: 320, align: "both"},
	{id: FormTitle, name: "表单标题", font: fontSong, size: 44, align: "center", indent: indentNone},
	{id: CopyTo, name: "抄送机关", size: 28, line: LinePitch, indent: `<w:ind w:left="1120" w:right="280" w:hanging="840"/>`},
	{id: Printed, name: "印发机关和日期", size: 28, line: LinePitch, indent: `<w:ind w:left="280" w:right="280"/>`,
		extra: `<w:tabs><w:tab w:val="right" w:pos="8565"/></w:tabs>`},
	{id: PageNumber, name: "页码", font: fontPage, size: 28, line: 280, indent: indentNone},
	{id: styleTiny, name: "占位", size: 2, line: 20, indent: indentNone},
}

// Name returns the style's Chinese name.
func (s Style) Name() string {
	for _, l := range looks {
		if l.id == s {
			return l.name
		}
	}
	return string(s)
}

// stylesPart defines every style. Normal is the text of the standard: 三号 仿宋, 22 lines, 28 characters.
func stylesPart() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<w:styles ` + wordSpace + `><w:docDefaults><w:rPrDefault><w:rPr>` + fonts(fontFang) +
		fmt.Sprintf(`<w:color w:val="000000"/><w:spacing w:val="%d"/><w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/>`, CharSpacing) +
		fmt.Sprintf(`</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl w:val="0"/><w:spacing w:before="0" w:after="0" w:line="%d" w:lineRule="exact"/></w:pPr></w:pPrDefault></w:docDefaults>`, LinePitch) +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>` +
		`<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>` +
		`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="57" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>`)
	for _, l := range looks {
		b.WriteString(l.xml())
	}
	for _, c := range []struct {
		id   Look
		name string
		look string
	}{
		{Kai, "楷体字", fonts(fontKai)},
		{Hei, "黑体字", fonts(fontHei)},
		{Blank, "待填", `<w:color w:val="C00000"/><w:shd w:val="clear" w:color="auto" w:fill="FFF2CC"/>`},
	} {
		fmt.Fprintf(&b, `<w:style w:type="character" w:customStyle="1" w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/><w:rPr>%s</w:rPr></w:style>`, c.id, c.name, c.look)
	}
	b.WriteString(`</w:styles>`)
	return b.String()
}

func (l look) xml() string {
	var b strings.Builder
	fmt.Fprintf(&b, `<w:style w:type="paragraph" w:customStyle="1" w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>`, l.id, l.name)
	// The order of these elements is the schema's.
	if l.outline > 0 {
		b.WriteString(`<w:keepNext/>`)
	}
	b.WriteString(l.extra)
	b.WriteString(`<w:snapToGrid w:val="0"/>`)
	line := l.line
	if line == 0 {
		line = LinePitch
	}
	fmt.Fprintf(&b, `<w:spacing w:before="%d" w:after="0" w:line="%d" w:lineRule="exact"/>%s`, l.before, line, l.indent)
	if l.align != "" {
		fmt.Fprintf(&b, `<w:jc w:val="%s"/>`, l.align)
	}
	if l.outline > 0 {
		fmt.Fprintf(&b, `<w:outlineLvl w:val="%d"/>`, l.outline-1)
	}
	b.WriteString(`</w:pPr><w:rPr>`)
	if l.font != "" {
		b.WriteString(fonts(l.font))
	}
	if l.colour != "" {
		fmt.Fprintf(&b, `<w:color w:val="%s"/>`, l.colour)
	}
	if l.size != 0 {
		fmt.Fprintf(&b, `<w:spacing w:val="%d"/><w:sz w:val="%d"/><w:szCs w:val="%d"/>`, l.chars, l.size, l.size)
	}
	b.WriteString(`</w:rPr></w:style>`)
	return b.String()
}

func fonts(eastAsia string) string {
	ascii := latin
	if eastAsia == fontPage {
		ascii = fontPage
	}
	return fmt.Sprintf(`<w:rFonts w:ascii="%s" w:eastAsia="%s" w:hAnsi="%s" w:cs="%s"/>`, ascii, eastAsia, ascii, latin)
}

// fontTable names what a machine without the standard's fonts may take instead.
func fontTable() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<w:fonts ` + wordSpace + `>`)
	for _, f := range []struct{ name, instead string }{
		{fontFang, "仿宋"}, {fontSong, "小标宋体"}, {fontHei, "SimHei"}, {fontKai, "楷体"}, {fontPage, "SimSun"},
	} {
		fmt.Fprintf(&b, `<w:font w:name="%s"><w:altName w:val="%s"/><w:charset w:val="86"/></w:font>`, f.name, f.instead)
	}
	fmt.Fprintf(&b, `<w:font w:name="%s"><w:charset w:val="00"/></w:font></w:fonts>`, latin)
	return b.String()
}
