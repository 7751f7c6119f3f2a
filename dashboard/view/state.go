package view

import "liandu/queries"

// State is an item's state ready to show.
type State struct {
	Key   string // overdue, in a URL
	Class string // state-overdue
	Word  string // 逾期
	Claim string // （待销号）, of what only the county says is done
}

// itemStates lists the states in the order of the ledger's chips.
var itemStates = []queries.ItemState{
	queries.StateOverdue, queries.StateNotStarted, queries.StateInProgress, queries.StateCompleted,
	queries.StateOngoing, queries.StateCancelled,
}

// NewState returns the state's class and word.
func NewState(s queries.ItemState) State {
	switch s {
	case queries.StateCompleted:
		return State{Key: string(s), Class: "state-done", Word: "已完成"}
	case queries.StateOverdue:
		return State{Key: string(s), Class: "state-overdue", Word: "逾期"}
	case queries.StateInProgress:
		return State{Key: string(s), Class: "state-doing", Word: "推进中"}
	case queries.StateNotStarted:
		return State{Key: string(s), Class: "state-idle", Word: "未启动"}
	case queries.StateOngoing:
		return State{Key: string(s), Class: "state-ongoing", Word: "长期坚持"}
	}
	return State{Key: string(s), Class: "state-cancelled", Word: "已撤销"}
}

// itemState is a row's state in words that tell the county's word from the department's: 「已完成（待销号）」 is a claim until it
// is confirmed, 「已销号」 after.
func itemState(r queries.ResolutionRow) State {
	s := NewState(r.State)
	switch {
	case r.State != queries.StateCompleted:
	case r.ClosedOn.IsZero():
		s.Class, s.Claim = "state-claim", "（待销号）"
	default:
		s.Word = "已销号"
	}
	return s
}

// Full is the word with what is said of a claim.
func (s State) Full() string { return s.Word + s.Claim }

// statusWord is the annual meeting's state in words.
func statusWord(s queries.AnnualStatus) string {
	switch s {
	case queries.HeldOnTime:
		return "按期召开"
	case queries.HeldLate:
		return "延迟召开"
	case queries.Substituted:
		return "以其他会议代替"
	case queries.NotHeld:
		return "未召开"
	}
	return "未到期限"
}

// stepWords are the six boxes of an item's loop; itemStep says which were reached.
var stepWords = [...]string{"立项", "责任", "方案", "推进", "办结", "销号"}

// Box is one box of the small stepper.
type Box struct{ Class string }

// Stage is the small stepper of an item and the word of the furthest step without a gap before it.
type Stage struct {
	Boxes []Box
	Word  string
	Order int // for sorting
}

// stepsOf returns, for each of stepWords, whether the item has reached it: decided; lead unit, owner and deadline
// given; plan issued by D; begun; completed by D; confirmed by the department by D.
func stepsOf(r queries.ResolutionRow) [6]bool {
	done := r.State == queries.StateCompleted
	return [6]bool{
		true,
		accountable(r),
		!r.PlanOn.IsZero(),
		done || r.State == queries.StateInProgress || r.State == queries.StateOngoing || begun(r),
		done,
		done && !r.ClosedOn.IsZero(),
	}
}

// begun tells an overdue item that was started from one that never was.
func begun(r queries.ResolutionRow) bool {
	return r.State == queries.StateOverdue && (r.Status == "in_progress" || r.Status == "ongoing")
}

// accountable is the 责任清单: lead unit, owner and deadline all given. A deadline in words (「长期」) is none.
func accountable(r queries.ResolutionRow) bool {
	return r.LeadUnit != "" && r.Owner != "" && !r.DueOn.IsZero()
}

func newStage(r queries.ResolutionRow) Stage {
	reached := stepsOf(r)
	s := Stage{Boxes: make([]Box, len(reached))}
	last := 0
	for i, ok := range reached {
		if ok {
			s.Boxes[i].Class = "on"
			last = i
		}
	}
	if r.State == queries.StateOverdue {
		s.Boxes[4].Class = "late"
	}
	s.Word, s.Order = stepWords[last], last
	return s
}
