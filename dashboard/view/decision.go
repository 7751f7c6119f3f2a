package view

import (
	"fmt"

	"liandu/internal/record"
)

// HeldInput is what the page of a file that waits needs beside its row. Need lists the places, from 1, of the problems
// that need a written reason. Typed is what came back with a form that was refused, by field name.
type HeldInput struct {
	Next        int // the version it would become
	Errors      int
	Duplicate   bool
	Need        []int
	InForce     Edition // the version in force of the same unit and quarter; Reading nil for none
	InForceName string
	Before      Edition // the version in force of the nearest earlier quarter
	BeforeName  string  // 2024年第三季度
	Fields      FormFields
	Supposed    *Supposed // nil for who may not see others' figures
	Published   string    // why a change of figures needs a reason, "" when it does not
	CanDecide   bool
	CanWithdraw bool
	Basis       string
	Typed       map[string]string
	Refused     string // why the form came back
	Marked      bool   // it came back: empty fields that need words are marked
}

// Held is the part of the page that a waiting file has more than another.
type Held struct {
	Decision   *Decision
	Withdraw   string // address of the county's own form, "" where there is none
	Supposed   *Supposed
	HasVersion bool // a version is in force to compare with
	Diff       []RowDiff
	DiffHead   string
	DiffNote   string
	Before     []DiffGroup
	BeforeOf   string // 与2024年第三季度相比
	NoBefore   string
}

// Decision is the officer's form.
type Decision struct {
	Action  string
	Basis   string
	Refused string
	Reasons []ReasonField
	Words   ReasonField
	Stop    string // why it cannot be accepted, "" when it can
	Note    string // what acceptance does
}

// ReasonField is one field of words. Invalid marks one that came back empty.
type ReasonField struct {
	Name, ID string
	Mark     string // 提醒
	Where    string // 议定事项 O8
	Href     string
	Message  string
	Value    string
	Invalid  bool
}

// ReasonName is the form field of the reason for the problem at place no, 0 for the whole file.
func ReasonName(no int) string { return fmt.Sprintf("reason-%d", no) }

func newHeld(in SubmissionInput) *Held {
	h := in.Held
	if h == nil {
		return nil
	}
	out := &Held{Supposed: h.Supposed, BeforeOf: "与上一期相比", NoBefore: "此前没有已受理的报送，无从对比"}
	if h.CanWithdraw {
		out.Withdraw = in.Address.Href("/submissions/" + in.Row.ID + "/withdraw")
	}
	now := Edition{in.Row.ID, in.Reading}
	if h.InForce.Reading != nil {
		out.HasVersion = true
		out.DiffHead = "与" + h.InForceName + "相比"
		out.Diff = diffReadings(in.Address, h.Fields, in.Units, h.InForce, now)
		out.DiffNote = diffNote(out.Diff)
	}
	if h.Before.Reading != nil {
		out.BeforeOf, out.NoBefore = "与"+h.BeforeName+"相比", "与"+h.BeforeName+"所报一致"
		out.Before = diffQuarters(in.Address, h.Fields, in.Units, h.Before, now)
	}
	if h.CanDecide {
		out.Decision = newDecision(in)
	}
	return out
}

func diffNote(rows []RowDiff) string {
	cells, count := 0, map[string]int{}
	for _, r := range rows {
		count[r.Kind]++
		if r.Kind == "changed" {
			cells += len(r.Fields)
		}
	}
	if len(rows) == 0 {
		return "读出的内容没有不同"
	}
	note := ""
	if n := count["changed"]; n > 0 {
		note = fmt.Sprintf("改动 %d 行 %d 格", n, cells)
	}
	if n := count["added"]; n > 0 {
		note = joinNonEmpty("，", note, fmt.Sprintf("新增 %d 行", n))
	}
	if n := count["removed"]; n > 0 {
		note = joinNonEmpty("，", note, fmt.Sprintf("删去 %d 行", n))
	}
	return note
}

func newDecision(in SubmissionInput) *Decision {
	h := in.Held
	d := &Decision{
		Action: in.Address.Href("/submissions/" + in.Row.ID + "/decide"), Basis: h.Basis, Refused: h.Refused,
		Words: ReasonField{Name: "words", ID: "words", Value: h.Typed["words"], Invalid: h.Marked && h.Typed["decision"] == "return" && h.Typed["words"] == ""},
		Note:  fmt.Sprintf("受理后成为第 %d 版，计入各项数字；按时与否仍按 %s 的接收时间", h.Next, moment(in.Row.ReceivedAt)),
	}
	marked := h.Marked && h.Typed["decision"] != "return"
	for _, no := range h.Need {
		q := in.Problems[no-1]
		f := ReasonField{
			Name: ReasonName(no), ID: ReasonName(no), Mark: "提醒", Where: joinNonEmpty(" ", q.Sheet, q.Cell), Message: q.Message,
			Value: h.Typed[ReasonName(no)],
		}
		if q.Cell != "" {
			f.Href = in.Address.Source(in.Row.ID, q.Sheet, q.Cell)
		}
		f.Invalid = marked && f.Value == ""
		d.Reasons = append(d.Reasons, f)
	}
	if h.Published != "" {
		f := ReasonField{Name: ReasonName(0), ID: ReasonName(0), Mark: "提醒", Where: "整个文件", Message: h.Published, Value: h.Typed[ReasonName(0)]}
		f.Invalid = marked && f.Value == ""
		d.Reasons = append(d.Reasons, f)
	}
	switch {
	case h.Errors > 0:
		d.Stop = fmt.Sprintf("按现在已受理的数据核对有 %d 处错误，不能受理", h.Errors)
	case h.Duplicate:
		d.Note = "与现行版逐字节相同，受理后只记为重复，不产生新版本"
	}
	return d
}

// heldVerdict is the sentence on a file that waits or waited and was never decided, or was sent back; false for others.
func heldVerdict(in SubmissionInput) (Verdict, bool) {
	r := in.Row
	by := personName(in.Names, r.DecidedBy)
	switch r.Status {
	case record.Pending:
		v := Verdict{Tone: "yellow", Mark: "mark mark-wait", Text: "待受理", Note: "已收到，督导部门受理后才计入数字"}
		if n := len(in.Problems); n > 0 {
			v.Text = fmt.Sprintf("待受理，有 %d 处提醒", n)
		}
		if h := in.Held; h != nil && h.Errors > 0 {
			v.Tone, v.Mark, v.Text = "red", "mark mark-error", fmt.Sprintf("待受理，按现有数据核对有 %d 处错误", h.Errors)
		}
		return v, true
	case record.Returned:
		return Verdict{
			Tone: "red", Mark: "mark mark-error", Text: "已退回：" + r.Words,
			Note: joinNonEmpty("　", moment(r.DecidedAt)+" 由"+by+"退回", "请按上面的意见改正后重新上传"),
		}, true
	case record.Withdrawn:
		return Verdict{Mark: "mark mark-info", Text: "已撤回", Note: moment(r.DecidedAt) + " 由" + by + "撤回，没有计入数字；原件保留备查"}, true
	case record.Superseded:
		return Verdict{Mark: "mark mark-info", Text: "已被新件代替", Note: "受理前收到同一单位、同一季度的新文件，以新文件为准；本文件没有计入数字，原件保留备查"}, true
	}
	return Verdict{}, false
}

// nextWaiting is the oldest other file that waits: of the same quarter where there is one.
func nextWaiting(in SubmissionInput) (href, name string) {
	n, best := 0, -1
	for i, r := range in.Waiting { // newest first
		if r.ID == in.Row.ID {
			continue
		}
		n++
		if best < 0 || r.Quarter == in.Row.Quarter || in.Waiting[best].Quarter != in.Row.Quarter {
			best = i
		}
	}
	if best < 0 {
		return "", ""
	}
	return in.Address.Href("/submissions/" + in.Waiting[best].ID), fmt.Sprintf("下一份待受理（还有 %d 份）", n)
}
