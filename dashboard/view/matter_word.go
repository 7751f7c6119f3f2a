package view

import (
	"fmt"

	"liandu/internal/matter"
	"liandu/internal/period"
	"liandu/queries"
)

// matterSteps are the six boxes of a matter's loop.
var matterSteps = [...]string{"立项", "交办", "签收", "反馈", "复核", "销号"}

// matterDays are the days on which the six steps were taken, zero where not (or no longer) taken. An item that was only
// checked and closed has no 交办, 签收 and 反馈: the county's report stands for them.
func matterDays(m *matter.Matter) [6]period.Date {
	days := [6]period.Date{m.OpenedOn, m.AssignedOn, m.ReceivedOn, m.RepliedOn, m.CheckedOn, m.ClosedOn}
	if m.State == matter.Opened { // opened anew
		days = [6]period.Date{m.OpenedOn}
	}
	return days
}

// matterReached says for each of the six steps whether it is behind the matter.
func matterReached(m *matter.Matter) [6]bool {
	n := map[matter.State]int{
		matter.Opened: 1, matter.Assigned: 2, matter.Received: 3, matter.Replied: 4, matter.Checked: 5, matter.Closed: 6,
	}[m.State]
	if m.State == matter.Cancelled {
		n = 1
	}
	var out [6]bool
	for i := range n {
		out[i] = true
	}
	return out
}

func matterStage(m *matter.Matter, today period.Date) Stage {
	s := Stage{Boxes: make([]Box, len(matterSteps)), Word: m.State.Chinese()}
	for i, ok := range matterReached(m) {
		if ok {
			s.Boxes[i].Class, s.Order = "on", i
		}
	}
	if m.OverdueDays(today) > 0 {
		s.Boxes[s.Order+1].Class = "late"
	}
	return s
}

// matterState is a matter's state with the class of its mark.
func matterState(m *matter.Matter, today period.Date) State {
	s := State{Key: string(m.State), Word: m.State.Chinese(), Class: "state-doing"}
	switch {
	case m.State == matter.Closed:
		s.Class = "state-done"
	case m.State == matter.Cancelled:
		s.Class = "state-cancelled"
	case m.OverdueDays(today) > 0:
		s.Class = "state-overdue"
	case m.State == matter.Opened:
		s.Class = "state-idle"
	}
	return s
}

// fateWord says in a few words what became of a target.
func fateWord(t queries.TargetOutcome) string {
	switch t.Fate {
	case queries.FateDone:
		switch {
		case t.Target.ItemKey != "" && t.DoneOn.IsZero():
			return "已报完成"
		case t.Target.ItemKey != "":
			return t.DoneOn.String() + " 完成"
		case !t.DoneBy.IsZero():
			return t.DoneBy.Chinese() + "起不再出现"
		case t.Target.Rule == "submission":
			return t.DoneOn.String() + " 报送"
		}
		return t.DoneOn.String() + " 召开"
	case queries.FateBack:
		return t.BackIn.Chinese() + "又出现：" + t.NowSays
	case queries.FateOpen:
		return "截至" + t.SeenIn.Chinese() + "仍未解决：" + t.NowSays
	case queries.FateUnseen:
		return "尚无后续报告期"
	}
	return "不可比较"
}

// outcomeWord is what became of a matter, in a cell of the list.
func outcomeWord(o queries.Outcome) string {
	switch len(o.Targets) {
	case 0:
		return Nil
	case 1:
		return fateWord(o.Targets[0])
	}
	s := fmt.Sprintf("%d 项中 %d 项已解决", len(o.Targets), o.Done)
	back := 0
	for _, t := range o.Targets {
		if t.Fate == queries.FateBack {
			back++
		}
	}
	if back > 0 {
		s += fmt.Sprintf("，%d 项又出现", back)
	}
	return s
}

// outcomeTone marks what is wrong and what is well.
func outcomeTone(o queries.Outcome) string {
	for _, t := range o.Targets {
		if t.Fate == queries.FateBack {
			return "bad"
		}
	}
	if len(o.Targets) > 0 && o.Done == len(o.Targets) {
		return ""
	}
	return "soft"
}

// daysWord is 「23」, or Nil.
func daysWord(n int) string {
	if n < 0 {
		return Nil
	}
	return itoa(n)
}

// mean is a mean of days with one decimal, or Nil.
func mean(p queries.Pair) string {
	if p.Den == 0 {
		return Nil
	}
	return tenths(int((p.Num*20 + p.Den) / (2 * p.Den)))
}
