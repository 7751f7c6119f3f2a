package view

import (
	"fmt"
	"strings"

	"liandu/internal/record"
	"liandu/queries"
)

// WaitingFile is a file that waits with what it needs to be accepted. Plain is one about which nothing need be said.
type WaitingFile struct {
	Row       queries.SubmissionRow
	Errors    int
	Reasons   int
	Replaces  int // the version it would replace, 0 for none
	Past      bool
	Issued    bool // a paper was issued on its quarter
	Duplicate bool
	Plain     bool
}

// Waiting is the panel 待受理: the files of the quarter in the order they came, and those of other quarters counted.
type Waiting struct {
	Lines  []WaitingLine
	Plain  int    // how many may be accepted at once
	Action string // of the form that accepts these, "" for who may not
	Other  string // 其他季度还有 2 份待受理
	All    string // address of all that wait
	Note   string
	Head   string // of the column of what is to be done
}

// WaitingLine is one file that waits.
type WaitingLine struct {
	Unit, Received string
	File, Href     string
	Warnings       int
	Need           string // what its officer has to do
	Plain          bool
	Mark           string // class
	Act            string // 预览并处理
}

// need says what stands between a file and its acceptance.
func (w WaitingFile) need() string {
	switch {
	case w.Errors > 0:
		return fmt.Sprintf("按现有数据核对有 %d 处错误，须退回", w.Errors)
	case w.Duplicate:
		return "与现行版相同"
	case w.Plain && w.Row.Warnings == 0:
		return "无问题，可直接受理"
	case w.Plain:
		return fmt.Sprintf("有 %d 处提醒，均无须说明，可直接受理", w.Row.Warnings)
	}
	why := ""
	if w.Reasons > 0 {
		why = fmt.Sprintf("有 %d 处提醒须写明理由", w.Reasons)
	}
	switch {
	case w.Replaces > 0:
		why = joinNonEmpty("；", why, fmt.Sprintf("代替第 %d 版，须核对变动", w.Replaces))
	case w.Issued:
		why = joinNonEmpty("；", why, "本季度已印发文件，须核对变动")
	case w.Past:
		why = joinNonEmpty("；", why, "以往季度的报表，须核对变动")
	}
	return why
}

func newWaiting(in SubmissionsInput) *Waiting {
	if len(in.Waiting)+in.WaitingElsewhere == 0 {
		return nil
	}
	w := &Waiting{Head: "进度"}
	for _, f := range in.Waiting {
		l := WaitingLine{
			Unit: f.Row.UnitName, Received: moment(f.Row.ReceivedAt), File: f.Row.File, Warnings: f.Row.Warnings,
			Href: in.Address.Href("/submissions/" + f.Row.ID), Plain: f.Plain, Act: "查看",
		}
		if in.CanDecide {
			l.Need, l.Act, l.Mark = f.need(), "预览并处理", "mark mark-warning"
			if f.Plain {
				l.Mark = "light light-green"
			}
		} else {
			l.Need, l.Mark = "已收到，等待督导部门受理", "mark mark-wait"
		}
		if f.Plain {
			w.Plain++
		}
		w.Lines = append(w.Lines, l)
	}
	if in.CanDecide {
		w.Action = in.Address.Href("/submissions/accept", "period", in.Quarter.String())
		w.Head = "须做什么"
		w.Note = "受理后才计入各项数字；点「预览并处理」看读取结果、与现行版的差别和会变的数字"
	}
	if in.WaitingElsewhere > 0 {
		w.All = in.Address.Href("/submissions/all", "status", string(record.Pending))
		w.Other = fmt.Sprintf("其他季度还有 %d 份待受理", in.WaitingElsewhere)
	}
	return w
}

// waitingOf is the file of a unit's quarter that waits, nil for none.
func waitingOf(in SubmissionsInput, r queries.SentRow) *WaitingFile {
	for i, w := range in.Waiting {
		if w.Row.Unit == r.Unit.Code && w.Row.Quarter == r.Quarter {
			return &in.Waiting[i]
		}
	}
	return nil
}

// Batch is what became of the files handed in just now, and what to do next.
type Batch struct {
	Head  string // 12 个文件：待受理 10、退回改正 2
	Next  string
	Lines []FileLine
}

func newBatch(in SubmissionsInput) *Batch {
	if len(in.Batch) == 0 {
		return nil
	}
	b := &Batch{}
	var ids []string
	for _, r := range in.Batch {
		ids = append(ids, r.ID)
	}
	counts, order := map[string]int{}, []string{}
	for _, r := range in.Batch {
		mark, state, detail := fileState(r)
		if counts[state]++; counts[state] == 1 {
			order = append(order, state)
		}
		b.Lines = append(b.Lines, FileLine{
			Name: r.File, Mark: mark, State: state, Detail: joinNonEmpty("　", r.UnitName, r.Quarter.Chinese(), detail),
			Href: in.Address.Href("/submissions/"+r.ID, "batch", strings.Join(ids, ",")),
		})
	}
	var parts []string
	for _, state := range order {
		parts = append(parts, fmt.Sprintf("%s %d", state, counts[state]))
	}
	b.Head = fmt.Sprintf("%d 个文件：%s", len(in.Batch), strings.Join(parts, "、"))
	switch {
	case counts["退回改正"] > 0 && counts["待受理"] > 0 && in.CanDecide:
		b.Next = "退回的点开可看到逐格的错误和改法：只是表头或单位名称没有认出的，当场指定即可；其他的转告单位改正重报。待受理的在下面「待受理」中处理。"
	case counts["待受理"] > 0 && in.CanDecide:
		b.Next = "在下面「待受理」中处理，受理后计入数字。"
	case counts["退回改正"] > 0:
		b.Next = "点开退回的文件，按逐格的改法改正后重新上传；改正前原有数据不变。"
	case counts["待受理"] > 0:
		b.Next = "已收到，等待督导部门受理，结果在本页显示。"
	}
	return b
}
