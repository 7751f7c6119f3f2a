package ingest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"liandu/internal/record"
)

// Code names a kind of problem; it is stable, people script against it.
type Code string

// The errors: the file is refused as a whole.
const (
	UnitMissing      Code = "unit_missing"
	PeriodMissing    Code = "period_missing"
	TableMissing     Code = "table_missing"
	PeriodUnreadable Code = "period_unreadable"
	UnitConflict     Code = "unit_conflict"
	PeriodConflict   Code = "period_conflict"
	UnitUnknown      Code = "unit_unknown"
	UnitOutside      Code = "unit_outside"
	UnitForeign      Code = "unit_foreign"
	UnitNoSubmitter  Code = "unit_no_submitter"
	CellMissing      Code = "cell_missing"
	ColumnMissing    Code = "column_missing"
	CellErrorFound   Code = "cell_error"
	DateUnreadable   Code = "date_unreadable"
	DateAfterQuarter Code = "date_after_quarter"
	YearUnreadable   Code = "year_unreadable"
	ValueUnlisted    Code = "value_unlisted"
	MeetingUnknown   Code = "meeting_unknown"
	KeyTwice         Code = "key_twice"
	TooManyProblems  Code = "too_many_problems"
)

// The warnings: the file is accepted and they stay with it.
const (
	CompletionUndated  Code = "completion_undated"
	DateInWords        Code = "date_in_words"
	SessionYearBlank   Code = "session_year_blank"
	SessionYearDiffers Code = "session_year_differs"
	AgendaBlank        Code = "agenda_blank"
	TitleNear          Code = "title_near"
	RateFell           Code = "rate_fell"
	DoneUndone         Code = "done_undone"
	PercentUnreadable  Code = "percent_unreadable"
	CountUnreadable    Code = "count_unreadable"
	FormulaUnsaved     Code = "formula_unsaved"
	FormulaError       Code = "formula_error"
	HiddenRows         Code = "hidden_rows"
	HiddenColumns      Code = "hidden_columns"
	HiddenSheet        Code = "hidden_sheet"
	SheetUnread        Code = "sheet_unread"
	UnitSucceeded      Code = "unit_succeeded"
	UnitFromName       Code = "unit_from_name"
	PeriodFromName     Code = "period_from_name"
	UnitFromTitle      Code = "unit_from_title"
	PeriodFromTitle    Code = "period_from_title"
	Macros             Code = "macros"
	CarriedDown        Code = "carried_down"
	ItemsInOne         Code = "items_in_one"
	ItemsUneven        Code = "items_uneven"
	UnitFromSheet      Code = "unit_from_sheet"
	MeetingDiffers     Code = "meeting_differs"
	PeriodYearFrom     Code = "period_year_from"
	PeriodFuture       Code = "period_future"
	UnitFromTab        Code = "unit_from_tab"
	PeriodFromTab      Code = "period_from_tab"
)

// What a report in words says beside a workbook (表文互证), and of itself.
const (
	WordsKept           Code = "words_kept" // an error: no fact of it counts yet
	WordsDoubt          Code = "words_doubt"
	ReportTwice         Code = "report_twice"
	WordsMeetingMissing Code = "words_meeting_missing"
	WordsDifferDate     Code = "words_differ_date"
	WordsDifferChair    Code = "words_differ_chair"
	WordsDifferTopics   Code = "words_differ_topics"
	WordsDifferReport   Code = "words_differ_report"
	WordsDifferItems    Code = "words_differ_items"
	WordsItemMissing    Code = "words_item_missing"
	WordsItemExtra      Code = "words_item_extra"
)

// rule is what a code says. The verbs of message and hint take the arguments given to problems.add in order: %[1]s
// is the column's head wherever a cell is spoken of.
type rule struct {
	severity      record.Severity
	message, hint string
}

const (
	bothSay  = "%[1]s；%[2]s。"
	dateHint = "请改为 2024-09-30 这样的格式。"
	listHint = "请从下列词语中选填：%[2]s。"
)

// rules holds the words of every code of ours; what a file that cannot be opened says is in open.go and limit.go.
var rules = map[Code]rule{
	UnitMissing:      {record.SeverityError, "没有写明填报单位。", "请在「基本信息」的「填报单位」后填写本单位名称，或把单位名称写进文件名。"},
	PeriodMissing:    {record.SeverityError, "没有写明报告期。", "请在「基本信息」的「报告期」后填写，如「2024年第三季度」，或写进文件名。"},
	TableMissing:     {record.SeverityError, "文件中没有可识别的报表。", "请使用系统导出的空白报表，保留「制度建立」「会议召开」「议定事项」中至少一张表的表头。"},
	PeriodUnreadable: {record.SeverityError, "「报告期」不是可识别的季度。", "请改为「2024年第三季度」这样的写法。"},
	UnitConflict:     {record.SeverityError, "填报单位不一致：%[1]s是「%[2]s」，%[3]s是「%[4]s」。", "请核对后统一，再重新报送。"},
	PeriodConflict:   {record.SeverityError, "报告期不一致：%[1]s是%[2]s，%[3]s是%[4]s。", "请核对后统一，再重新报送。"},
	UnitUnknown:      {record.SeverityError, "「%[1]s」中的单位没有登记。", "%[2]s请填写登记的单位名称；确属新设单位的，请先联系市总工会登记。"},
	UnitOutside:      {record.SeverityError, "「%[1]s」中的单位是「%[2]s」，不属于填报单位「%[3]s」。", "每份报表只填本单位和所属乡镇（街道）的情况，请删去或改正。"},
	UnitForeign:      {record.SeverityError, "填报单位是「%[1]s」，当前账号只能报送「%[2]s」。", "请核对文件，或由该单位自行报送。"},
	UnitNoSubmitter:  {record.SeverityError, "「%[1]s」不单独报送报表。", "请并入「%[2]s」的报表一并报送。"},
	CellMissing:      {record.SeverityError, "「%[1]s」必须填写，现为空白。", "%[2]s"},
	ColumnMissing:    {record.SeverityError, "「%[1]s」表没有「%[2]s」一列。", "%[3]s请恢复该列表头，或使用系统导出的空白报表。"},
	CellErrorFound:   {record.SeverityError, "「%[1]s」的公式出错。", "请改正公式，或直接填写结果。"},
	DateUnreadable:   {record.SeverityError, "「%[1]s」不是可识别的日期。", "%[2]s" + dateHint},
	DateAfterQuarter: {record.SeverityError, "「%[1]s」为 %[2]s，晚于报告期末 %[3]s。", "这一栏填写已经发生的日期，请核对后改正。"},
	YearUnreadable:   {record.SeverityError, "「%[1]s」不是可识别的年度。", "请改为四位数字，如 2024。"},
	ValueUnlisted:    {record.SeverityError, "「%[1]s」的填法不在规定的范围内。", listHint},
	MeetingUnknown:   {record.SeverityError, "找不到这一事项所属的会议：本次和以往报表中都没有「%[1]s」。", "请在「会议召开」中补报该会议，或改正本行的召开单位、所属年度、会议形式。"},
	KeyTwice:         {record.SeverityError, "与第 %[1]d 行重复：%[2]s。", "%[3]s"},
	TooManyProblems:  {record.SeverityError, "问题过多，只列出前 %[1]d 处。", "请先改正已列出的问题，再重新报送。"},

	CompletionUndated:  {record.SeverityWarning, "进展状态为「已完成」，但没有填写「完成日期」。", "请补填完成日期；不补的，按首次报告完成的季度末日计算。"},
	DateInWords:        {record.SeverityWarning, "「%[1]s」不是完整的日期，%[2]s。", "如理解有误，请改为 2024-09-30 这样的日期。"},
	SessionYearBlank:   {record.SeverityWarning, "「所属年度」空白，按召开日期计为 %[1]d 年。", "如属其他年度的会议，请补填所属年度。"},
	SessionYearDiffers: {record.SeverityWarning, "所属年度为 %[1]d 年，召开日期在 %[2]d 年，两者不同。", "如确为跨年召开，无需处理；否则请改正。"},
	AgendaBlank:        {record.SeverityWarning, "会议议程「%[1]s」空白，按没有进行计算。", "请填「是」或「否」。"},
	TitleNear:          {record.SeverityWarning, "与%[1]s的「%[2]s」十分相近，可能是同一事项。", "是同一事项的，请使用同一序号和写法；不是的，无需处理。"},
	RateFell:           {record.SeverityWarning, "完成比例由%[1]s的 %[2]s 降为 %[3]s，没有说明原因。", "请在「未完成原因」或「备注」中说明。"},
	DoneUndone:         {record.SeverityWarning, "该事项%[1]s已报完成，现又报为「%[2]s」。", "请核对；确有反复的，请在「未完成原因」或「备注」中说明。"},
	PercentUnreadable:  {record.SeverityWarning, "「%[1]s」不是可识别的百分数，按未填处理。", "请改为 80%% 这样的写法，范围 0%% 至 100%%。"},
	CountUnreadable:    {record.SeverityWarning, "「%[1]s」不是可识别的整数，按未填处理。", "请改为整数，如 3。"},
	FormulaUnsaved:     {record.SeverityWarning, "「%[1]s」是公式，文件中没有保存它的结果，按空白处理。", "请用 Excel 或 WPS 打开后重新保存，或直接填写结果。"},
	FormulaError:       {record.SeverityWarning, "「%[1]s」的公式出错，按空白处理。", "请改正公式，或直接填写结果。"},
	HiddenRows:         {record.SeverityWarning, "第 %[1]s 行是隐藏的，已照常读取。", "不应上报的内容请删除，应上报的请取消隐藏。"},
	HiddenColumns:      {record.SeverityWarning, "%[1]s 列是隐藏的，已照常读取。", "不应上报的内容请删除，应上报的请取消隐藏。"},
	HiddenSheet:        {record.SeverityWarning, "工作表「%[1]s」是隐藏的，没有读取。", "其中有应上报内容的，请取消隐藏后重新报送。"},
	SheetUnread:        {record.SeverityWarning, "工作表「%[1]s」中没有可识别的报表，没有读取。", "其中有应上报内容的，请按报表格式填写后重新报送。"},
	UnitSucceeded:      {record.SeverityWarning, "%[2]s。", "请在「%[1]s」中改用现用名称。"},
	UnitFromName:       {record.SeverityWarning, "「填报单位」空白，按文件名认定为「%[1]s」。", "请在「基本信息」中补填。"},
	PeriodFromName:     {record.SeverityWarning, "「报告期」空白，按文件名认定为%[1]s。", "请在「基本信息」中补填。"},
	UnitFromTitle:      {record.SeverityWarning, "没有填写「填报单位」，按标题认定为「%[1]s」。", "请在「基本信息」中补填。"},
	PeriodFromTitle:    {record.SeverityWarning, "没有填写「报告期」，按标题认定为%[1]s。", "请在「基本信息」中补填。"},
	CarriedDown:        {record.SeverityWarning, "第 %[1]s 行没有填写%[2]s，按上面一行认定。", "如理解有误，请逐行填写。"},
	ItemsInOne:         {record.SeverityWarning, "这一格里有编号 1 至 %[1]d，编号前另有文字，按一个事项读取。", "确为 %[1]d 个事项的，请一行填写一项。"},
	ItemsUneven:        {record.SeverityWarning, "「%[1]s」列出 %[2]d 项，「议定事项」列出 %[3]d 项，两者不一致；各项均按整格内容读取。", "请一行填写一项，逐项对应。"},
	UnitFromSheet:      {record.SeverityWarning, "「%[1]s」表没有「%[2]s」一列，按「%[3]s」各行均认定为「%[4]s」。", "如有所属乡镇（街道）的内容，请补上这一列并逐行填写。"},
	MeetingDiffers:     {record.SeverityWarning, "「%[1]s」与同一会议第 %[2]d 行的「%[3]s」不同，按第 %[2]d 行读取。", "请核对后统一。"},
	PeriodYearFrom:     {record.SeverityWarning, "「报告期」没有写年份，按%[1]s认定为%[2]s。", "请写明年份，如「2024年第三季度」。"},
	UnitFromTab:        {record.SeverityWarning, "没有填写「填报单位」，按工作表名称「%[1]s」认定为「%[2]s」。", "请在「基本信息」中补填。"},
	PeriodFromTab:      {record.SeverityWarning, "没有填写「报告期」，按工作表名称「%[1]s」认定为%[2]s。", "请在「基本信息」中补填。"},
	PeriodFuture:       {record.SeverityWarning, "报告期%[1]s尚未开始（接收日期 %[2]s）。", "请核对报告期；确属提前报送的，无需处理。"},
	Macros:             {record.SeverityWarning, "文件含有宏，宏没有运行。", "请另存为不含宏的 .xlsx 后报送。"},

	WordsKept:           {record.SeverityError, "这是文字材料，不是季度报表，已原样保存，尚未计入数据。", "请市总工会人员在「报送管理—文字材料」中核对后收入；季度报表（.xlsx）仍须另行报送。"},
	WordsDoubt:          {record.SeverityWarning, "%[1]s。", "请对照原文核对。"},
	ReportTwice:         {record.SeverityWarning, "与待核对的 %[1]s 是同一份文字材料，没有另外收下。", "请在「报送管理—文字材料」中核对那一份。"},
	WordsMeetingMissing: {record.SeverityWarning, bothSay, "%[3]s"},
	WordsDifferDate:     {record.SeverityWarning, bothSay, "%[3]s"},
	WordsDifferChair:    {record.SeverityWarning, bothSay, "%[3]s"},
	WordsDifferTopics:   {record.SeverityWarning, bothSay, "%[3]s"},
	WordsDifferReport:   {record.SeverityWarning, bothSay, "%[3]s"},
	WordsDifferItems:    {record.SeverityWarning, bothSay, "%[3]s"},
	WordsItemMissing:    {record.SeverityWarning, bothSay, "%[3]s"},
	WordsItemExtra:      {record.SeverityWarning, bothSay, "%[3]s"},
}

// Codes lists every code of a problem that can be read out of a file, sorted. Why a file cannot be opened at all is
// said by the codes of open.go and limit.go, which begin with file_, zip_ and parse_.
func Codes() []Code {
	return slices.Sorted(maps.Keys(rules))
}

const (
	mostProblems = 2000
	longestValue = 200 // characters of a cell repeated in a problem
)

// problems collects all that is wrong with a file.
type problems struct {
	list   []record.Problem
	errors int
}

// add notes a problem of a cell; sheet and cell may be empty.
func (p *problems) add(code Code, sheet, cell, value string, args ...any) {
	r, ok := rules[code]
	if !ok {
		panic("ingest: no words for " + string(code))
	}
	if len(p.list) >= mostProblems {
		if len(p.list) == mostProblems {
			p.put(record.Problem{Severity: record.SeverityError, Code: string(TooManyProblems),
				Message: fmt.Sprintf(rules[TooManyProblems].message, mostProblems), Hint: rules[TooManyProblems].hint})
		}
		return
	}
	p.put(record.Problem{
		Severity: r.severity, Code: string(code), Sheet: sheet, Cell: cell, Value: shorten(value),
		Message: words(r.message, args), Hint: words(r.hint, args),
	})
}

func (p *problems) put(q record.Problem) {
	if q.Severity == record.SeverityError {
		p.errors++
	}
	p.list = append(p.list, q)
}

// words fills a sentence; one that uses only some of the arguments is in order.
func words(sentence string, args []any) string {
	if !strings.Contains(sentence, "%") {
		return sentence
	}
	s := fmt.Sprintf(sentence, args...)
	if at := strings.Index(s, "%!(EXTRA"); at >= 0 {
		s = s[:at]
	}
	return s
}

func shorten(s string) string {
	if r := []rune(s); len(r) > longestValue {
		return string(r[:longestValue]) + "…"
	}
	return s
}
