package rulebook

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/regime"
)

// Kind is what a line does.
type Kind string

// The kinds.
const (
	Changed   Kind = "changed"   // a regime is as written here from From on
	Adopted   Kind = "adopted"   // the city follows this regime from From on
	Suspended Kind = "suspended" // a rule is left out from From to Until
	Resumed   Kind = "resumed"   // whatever suspended the rule before this line no longer does from From on
)

// Line is one recorded change of the city's rules. At is zero for what the folder was made with; From is zero for what
// holds from the beginning.
type Line struct {
	Seq      int64
	At       time.Time
	Actor    string
	Kind     Kind
	ID       string // of the regime
	Rule     string
	From     period.Date
	Until    period.Date
	Reason   string
	Document string
	Reverts  int64
	Regime   *regime.Regime // of Changed
}

// Book is everything recorded about the city's rules. Its methods may be called from several goroutines; the regimes it
// returns are shared and must not be changed. Asked twice for the same, it returns the same pointer.
type Book struct {
	builtIn []*regime.Regime
	first   string // the regime the folder was made with
	lines   []Line // in the journal's order

	mu   sync.Mutex
	held map[string]*regime.Regime // a version with what was suspended, by both
}

// At returns the regime of that id as it is on a day, known at a moment: the version that holds from the latest day
// not after it, of several from one day the last recorded, with the rules suspended on that day left out. The zero
// moment knows everything; "" is the regime the city follows on that day. An own regime that holds from a later day only
// is given as it will be first: judging under a regime does not depend on when it comes into force. An id not known at
// the moment is fault.NotFound.
func (b *Book) At(id string, day period.Date, knownAt time.Time) (*regime.Regime, error) {
	if id == "" {
		id = b.Adopted(day, knownAt)
	}
	version, seq, ok := b.version(id, day, knownAt)
	if !ok {
		return nil, b.unknown(id, day, knownAt)
	}
	return b.suspend(version, seq, day, knownAt), nil
}

// Version is At without suspensions: the regime as it is written, the one to show as a file and to change.
func (b *Book) Version(id string, day period.Date, knownAt time.Time) (*regime.Regime, error) {
	if id == "" {
		id = b.Adopted(day, knownAt)
	}
	if r, _, ok := b.version(id, day, knownAt); ok {
		return r, nil
	}
	return nil, b.unknown(id, day, knownAt)
}

// Adopted returns the id of the regime the city follows on a day, as known at a moment.
func (b *Book) Adopted(day period.Date, knownAt time.Time) string {
	id := b.first
	var from period.Date
	for _, l := range b.lines {
		if l.Kind == Adopted && l.isKnown(knownAt) && !l.From.After(day) && !l.From.Before(from) {
			id, from = l.ID, l.From
		}
	}
	return id
}

// All lists the regimes known at a moment as they are on a day: the built-in ones in the order of their ids, then the
// city's own in the order they were first recorded.
func (b *Book) All(day period.Date, knownAt time.Time) []*regime.Regime {
	var out []*regime.Regime
	for _, id := range b.ids(knownAt) {
		if r, err := b.At(id, day, knownAt); err == nil {
			out = append(out, r)
		}
	}
	return out
}

// Judging returns a regime that is not of the book, such as a draft, as it would judge on a day: without the rules
// suspended for its id then.
func (b *Book) Judging(r *regime.Regime, day period.Date, knownAt time.Time) *regime.Regime {
	suspended, _ := b.suspensions(r.ID, day, knownAt)
	return r.Suspend(suspended)
}

// Lines returns what was recorded by a moment, in the journal's order.
func (b *Book) Lines(knownAt time.Time) []Line {
	var out []Line
	for _, l := range b.lines {
		if l.isKnown(knownAt) {
			out = append(out, l)
		}
	}
	return out
}

// IsOwn reports whether a regime is the city's own and not one of the built-in.
func (b *Book) IsOwn(id string) bool {
	return !slices.ContainsFunc(b.builtIn, func(r *regime.Regime) bool { return r.ID == id })
}

// IsChanged reports whether the city has changed a regime, as known at a moment.
func (b *Book) IsChanged(id string, knownAt time.Time) bool {
	return slices.ContainsFunc(b.lines, func(l Line) bool { return l.Kind == Changed && l.ID == id && l.isKnown(knownAt) })
}

func (l Line) isKnown(at time.Time) bool { return at.IsZero() || !l.At.After(at) }

func (b *Book) ids(knownAt time.Time) []string {
	var ids []string
	for _, r := range b.builtIn {
		ids = append(ids, r.ID)
	}
	for _, l := range b.lines {
		if l.Kind == Changed && l.isKnown(knownAt) && !slices.Contains(ids, l.ID) {
			ids = append(ids, l.ID)
		}
	}
	return ids
}

// version picks the version of a regime and the line it comes from, 0 for a built-in one.
func (b *Book) version(id string, day period.Date, knownAt time.Time) (*regime.Regime, int64, bool) {
	var best, first *Line
	for i := range b.lines {
		l := &b.lines[i]
		switch {
		case l.Kind != Changed || l.ID != id || !l.isKnown(knownAt):
		case l.From.After(day):
			if first == nil || !l.From.After(first.From) {
				first = l
			}
		case best == nil || !l.From.Before(best.From):
			best = l
		}
	}
	if best != nil {
		return best.Regime, best.Seq, true
	}
	for _, r := range b.builtIn {
		if r.ID == id {
			return r, 0, true
		}
	}
	if first != nil {
		return first.Regime, first.Seq, true
	}
	return nil, 0, false
}

// suspend leaves out the rules suspended on a day, giving the same pointer for the same version and suspensions.
func (b *Book) suspend(r *regime.Regime, seq int64, day period.Date, knownAt time.Time) *regime.Regime {
	suspended, key := b.suspensions(r.ID, day, knownAt)
	if len(suspended) == 0 {
		return r
	}
	key = fmt.Sprintf("%s %d %s", r.ID, seq, key)
	b.mu.Lock()
	defer b.mu.Unlock()
	if held, ok := b.held[key]; ok {
		return held
	}
	if b.held == nil {
		b.held = map[string]*regime.Regime{}
	}
	b.held[key] = r.Suspend(suspended)
	return b.held[key]
}

// suspensions lists what is suspended of a regime on a day: for every rule the last recorded line that says anything of
// the day decides. key names the lines.
func (b *Book) suspensions(id string, day period.Date, knownAt time.Time) (out []regime.Suspension, key string) {
	last := map[string]Line{}
	var order []string
	for _, l := range b.lines {
		if l.ID != id || l.Kind != Suspended && l.Kind != Resumed || !l.isKnown(knownAt) || l.From.After(day) {
			continue
		}
		if l.Kind == Suspended && l.Until.Before(day) {
			continue
		}
		if _, ok := last[l.Rule]; !ok {
			order = append(order, l.Rule)
		}
		last[l.Rule] = l
	}
	var seqs []string
	for _, rule := range order {
		l := last[rule]
		if l.Kind != Suspended {
			continue
		}
		out = append(out, regime.Suspension{Rule: l.Rule, From: l.From, Until: l.Until, Reason: l.Reason, Document: l.Document})
		seqs = append(seqs, fmt.Sprint(l.Seq))
	}
	return out, strings.Join(seqs, ",")
}

func (b *Book) unknown(id string, day period.Date, knownAt time.Time) error {
	if _, _, ok := b.version(id, day, time.Time{}); ok {
		return fault.New(fault.NotFound, fmt.Sprintf("制度「%s」在所看的时点还没有登记。", id), "请换一个较晚的时点，或选用其他制度。")
	}
	return fault.New(fault.NotFound, fmt.Sprintf("没有编号为「%s」的制度。", id), "现有："+strings.Join(b.ids(knownAt), "、")+"。")
}

// Replaced returns the version of a regime that a recorded change took the place of, nil for a new regime or a line that
// is no change.
func (b *Book) Replaced(seq int64) *regime.Regime {
	for i, l := range b.lines {
		if l.Seq != seq || l.Kind != Changed {
			continue
		}
		before := &Book{builtIn: b.builtIn, first: b.first, lines: b.lines[:i]}
		r, _, _ := before.version(l.ID, l.From, time.Time{})
		return r
	}
	return nil
}
