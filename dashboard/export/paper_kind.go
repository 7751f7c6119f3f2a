package export

import (
	"fmt"
	"strconv"

	"liandu/internal/fault"
	"liandu/internal/record"
)

// The papers, as addresses, commands and issued documents name them.
const (
	PaperNotice           = "notice"
	PaperAnnualNotice     = "annual_notice"
	PaperLetterGovernment = "letter_government"
	PaperLetterUnion      = "letter_union"
	PaperReminderMeeting  = "reminder_meeting"
	PaperReminderItems    = "reminder_items"
	PaperDispatch         = "dispatch"
	PaperScoreSheet       = "scoresheet"
	PaperCorrection       = "correction"
)

// Paper is one official paper the program makes.
type Paper struct {
	ID     string
	Kind   string // of an issued document: several papers may be of one kind
	Name   string
	About  string
	Number string // the setting of its number; "" where it bears none
	// make makes the paper of one unit, or of all that get one, in the order of their numbers. A paper to all is one.
	make func(d Dossier, unit record.UnitCode) ([]*Official, error)
	Each bool // one a unit
	Form bool // a form that others complete: never issued
}

// Papers lists what can be made from a Dossier, in the order pages show it. A 更正 is made from an issued paper and is
// not among them.
func Papers() []Paper {
	one := func(make func(Dossier) (*Official, error)) func(Dossier, record.UnitCode) ([]*Official, error) {
		return func(d Dossier, _ record.UnitCode) ([]*Official, error) {
			o, err := make(d)
			return []*Official{o}, err
		}
	}
	letter := func(to Addressee) func(Dossier, record.UnitCode) ([]*Official, error) {
		return func(d Dossier, unit record.UnitCode) ([]*Official, error) {
			if unit != "" {
				o, err := d.Letter(unit, to)
				return []*Official{o}, err
			}
			all, err := d.Letters()
			return of(all, func(o *Official) bool { return o.Paper == "letter_"+string(to) }), err
		}
	}
	remind := func(what Reminder) func(Dossier, record.UnitCode) ([]*Official, error) {
		return func(d Dossier, unit record.UnitCode) ([]*Official, error) {
			all, err := d.Reminders(what)
			return of(all, func(o *Official) bool { return unit == "" || o.Unit == unit }), err
		}
	}
	return []Paper{
		{ID: PaperNotice, Kind: "notice", Name: "专题通报", About: "致各县（市、区）总工会，附召开情况、落实情况和得分表", Number: "notice.number", make: one(Dossier.Notice)},
		{ID: PaperAnnualNotice, Kind: "annual_notice", Name: "年度通报", About: "各层级建制和实施情况，按当年第四季度数据生成", Number: "annual.number", make: one(Dossier.AnnualNotice)},
		{ID: PaperLetterGovernment, Kind: "letter_government", Name: "督导函（致政府）", About: "有红色问题的单位，商请语气", Number: "letter.number", Each: true, make: letter(ToGovernment)},
		{ID: PaperLetterUnion, Kind: "letter_union", Name: "督导函（致工会）", About: "有红色问题的单位，提出要求", Number: "letter.number", Each: true, make: letter(ToUnion)},
		{ID: PaperReminderMeeting, Kind: "reminder", Name: "提醒函（会议）", About: "召开期限将到、尚未召开的单位", Number: "reminder.number", Each: true, make: remind(RemindMeeting)},
		{ID: PaperReminderItems, Kind: "reminder", Name: "提醒函（事项）", About: "下一季度有议定事项到期的单位", Number: "reminder.number", Each: true, make: remind(RemindItems)},
		{ID: PaperDispatch, Kind: "dispatch", Name: "调度单", About: "未召开的会议和逾期的事项，逐项调度", Number: "dispatch.number", make: one(Dossier.Dispatch)},
		{ID: PaperScoreSheet, Kind: "scoresheet", Name: "考核评分表", About: "每个单位一份，逐项列扣分事实和依据", Each: true, make: func(d Dossier, unit record.UnitCode) ([]*Official, error) {
			if unit == "" {
				return d.ScoreSheets()
			}
			o, err := d.ScoreSheet(unit)
			return []*Official{o}, err
		}},
		{ID: PaperMinutes, Name: "会议纪要样式", About: "供县（市、区）印发纪要时用，已报送的内容填好", Each: true, Form: true, make: Dossier.minutesForms},
	}
}

// FindPaper returns the row of an id; fault.NotFound when there is none.
func FindPaper(id string) (Paper, error) {
	for _, p := range Papers() {
		if p.ID == id {
			return p, nil
		}
	}
	return Paper{}, fault.New(fault.NotFound, fmt.Sprintf("没有「%s」这种文件。", id), "请从「通报与督导函」页进入。")
}

// PaperName returns the name of a paper by its id, 更正 included.
func PaperName(id string) string {
	if id == PaperCorrection {
		return "更正通知"
	}
	p, err := FindPaper(id)
	if err != nil {
		return id
	}
	return p.Name
}

// All makes the paper of every unit that gets one; a paper to all is one.
func (p Paper) All(d Dossier) ([]*Official, error) { return p.make(d, "") }

// One makes the paper of one unit; unit is "" for a paper to all. It refuses with fault.Invalid where the unit gets none.
func (p Paper) One(d Dossier, unit record.UnitCode) (*Official, error) {
	if p.Each && unit == "" {
		return nil, fault.New(fault.Usage, p.Name+"没有生成：没有指明单位。", "请选择一个单位。")
	}
	all, err := p.make(d, unit)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, fault.New(fault.Invalid, p.Name+"没有生成：该单位没有需要提醒的会议或事项。", "请从「通报与督导函」页选择列出的单位。")
	}
	return all[0], nil
}

// NumberAfter returns the document number n after first: 云工函〔2025〕1号 gives 云工函〔2025〕4号 for 3. It reports false
// for a number of another form.
func NumberAfter(first string, n int) (string, bool) {
	m := numberInside.FindStringSubmatch(first)
	if m == nil {
		return "", false
	}
	at, err := strconv.Atoi(m[2])
	if err != nil {
		return "", false
	}
	return m[1] + strconv.Itoa(at+n) + m[3], true
}

func of(all []*Official, isOne func(*Official) bool) []*Official {
	var out []*Official
	for _, o := range all {
		if isOne(o) {
			out = append(out, o)
		}
	}
	return out
}
