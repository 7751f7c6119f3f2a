package issue

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"liandu/dashboard/export"
	"liandu/internal/fault"
	"liandu/internal/regime"
	"liandu/internal/setting"
	"liandu/queries"
)

// Moved is what became of an issued paper's figures since it was issued, or since it was last corrected.
type Moved struct {
	Document  queries.Document
	Corrected *queries.Document // the last 更正 of it; changes are counted from there
	// Gone says why the paper would not be made from the figures as they are now; "" where it would.
	Gone    string
	Changes []export.FigureChange
	Causes  []Cause
}

// IsTouched reports whether anything the paper says is no longer so.
func (m Moved) IsTouched() bool { return m.Gone != "" || len(m.Changes) > 0 }

// Cause is one change after which figures may be others: a submission that came into force, a rule, a closing.
type Cause struct {
	Text       string
	Submission string // "" for other changes
	At         time.Time
}

// Since holds every issued paper against the figures as they are now, the latest first. What it found is kept until the
// facts change.
func (d *Desk) Since(ctx context.Context) ([]Moved, error) {
	docs, err := d.deps.Queries.Documents(ctx, queries.DocumentFilter{})
	if err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if facts := d.deps.Store.Facts(); d.moved == nil || d.facts != facts {
		d.facts, d.moved = facts, map[string]Moved{}
	}
	r := newRecount(d, docs)
	var out []Moved
	for _, doc := range docs {
		if doc.Kind == export.PaperCorrection {
			continue
		}
		m, ok := d.moved[doc.ID]
		if !ok {
			if m, err = r.of(ctx, doc); err != nil {
				return nil, err
			}
			d.moved[doc.ID] = m
		}
		out = append(out, m)
	}
	return out, nil
}

// SinceOne is Since for one paper.
func (d *Desk) SinceOne(ctx context.Context, id string) (Moved, error) {
	all, err := d.Since(ctx)
	if err != nil {
		return Moved{}, err
	}
	for _, m := range all {
		if m.Document.ID == id {
			return m, nil
		}
	}
	doc, err := d.deps.Queries.Document(ctx, id, "")
	return Moved{Document: doc}, err
}

// recount makes issued papers again from other facts, gathering each point of view once.
type recount struct {
	desk     *Desk
	docs     []queries.Document
	dossiers map[string]export.Dossier
}

func newRecount(d *Desk, docs []queries.Document) *recount {
	return &recount{desk: d, docs: docs, dossiers: map[string]export.Dossier{}}
}

// standing is an issued paper as it stands: as issued, or as its last 更正 left it, nil where that stopped it. frozen is
// what it was made from, since what it stands on.
func (r *recount) standing(ctx context.Context, doc queries.Document) (was *export.Official, frozen, since Frozen, corrected *queries.Document, err error) {
	if frozen, err = r.desk.Frozen(doc); err != nil {
		return nil, frozen, since, nil, err
	}
	if corrected = r.lastCorrection(doc.ID); corrected == nil {
		was, err = r.desk.Tree(doc)
		return was, frozen, frozen, nil, err
	}
	if since, err = r.desk.Frozen(*corrected); err != nil {
		return nil, frozen, since, corrected, err
	}
	was, err = r.then(ctx, doc, frozen, since)
	return was, frozen, since, corrected, err
}

func (r *recount) of(ctx context.Context, doc queries.Document) (Moved, error) {
	m := Moved{Document: doc}
	was, frozen, since, corrected, err := r.standing(ctx, doc)
	if err != nil {
		return m, err
	}
	m.Corrected = corrected
	now, from, err := r.now(ctx, doc, frozen)
	if err != nil {
		return m, err
	}
	switch {
	case now == nil && was != nil:
		m.Gone = from.gone
	case now != nil && was != nil:
		m.Changes = export.FigureChanges(was, now)
	case now != nil:
		m.Changes = []export.FigureChange{{Place: "全文", Was: "已更正为停止执行", Is: "按现有数据又应生成"}}
	}
	if m.IsTouched() {
		m.Causes, err = r.causes(ctx, doc, since, from)
	}
	return m, err
}

// seen is one point of view as it is now; gone says why the paper is not made from it.
type seen struct {
	dossier export.Dossier
	gone    string
}

// now makes the paper from the figures as they are now under the regime in force; nil where it would not be made.
func (r *recount) now(ctx context.Context, doc queries.Document, frozen Frozen) (*export.Official, seen, error) {
	rules, err := r.desk.rules(ctx, frozen)
	if err != nil {
		return nil, seen{gone: fmt.Sprintf("制度「%s」已不在系统中。", frozen.Regime)}, nil
	}
	key := strings.Join([]string{frozen.Quarter.String(), fmt.Sprint(frozen.Year), rules.ID, fmt.Sprint(frozen.FollowsCity), string(frozen.Level)}, "/")
	from, ok := r.dossiers[key]
	if !ok {
		settings, err := setting.Load(ctx, r.desk.deps.Store.DB(), time.Time{})
		if err != nil {
			return nil, seen{}, err
		}
		at, err := r.desk.deps.Queries.Complete(queries.AsOf{Quarter: frozen.Quarter, Year: frozen.Year, Regime: rules, FollowsCity: frozen.FollowsCity, Level: frozen.Level})
		if err != nil {
			return nil, seen{}, err
		}
		if from, err = r.desk.dossier(ctx, at, settings); err != nil {
			return nil, seen{}, err
		}
		r.dossiers[key] = from
	}
	o, gone, err := r.again(ctx, doc, frozen, from, from.Settings)
	return o, seen{from, gone}, err
}

// then makes the paper from the facts of a later freeze: as a 更正 left it.
func (r *recount) then(ctx context.Context, doc queries.Document, frozen, later Frozen) (*export.Official, error) {
	rules, err := regime.Parse(later.Regime+".toml", []byte(later.RegimeTOML), []byte(later.RegimeText))
	if err != nil {
		return nil, err
	}
	at := frozen.asOf(rules)
	at.KnownAt, at.Deadline = later.KnownAt, later.Deadline
	key := strings.Join([]string{"then", later.KnownAt.String(), later.RegimeTOML, frozen.Quarter.String(), fmt.Sprint(frozen.Year), string(frozen.Level)}, "/")
	from, ok := r.dossiers[key]
	if !ok {
		if from, err = r.desk.dossier(ctx, at, later.Settings); err != nil {
			return nil, err
		}
		r.dossiers[key] = from
	}
	o, _, err := r.again(ctx, doc, frozen, from, later.Settings)
	return o, err
}

// again makes the paper with its own names, number and date from another dossier. What the builder refuses is told, not
// an error: the paper would not be made.
func (r *recount) again(ctx context.Context, doc queries.Document, frozen Frozen, from export.Dossier, deadlines setting.Settings) (*export.Official, string, error) {
	from = named(from, frozen.Units)
	from.Settings = withDeadlines(frozen.Settings, deadlines)
	from.City, from.IssuedOn, from.KnownAt, from.Number = frozen.City, frozen.DatedOn, frozen.Printed, doc.Number
	from.Draft, from.Recount = true, true
	o, err := r.desk.makeOne(ctx, from, Order{Paper: doc.Paper, Unit: doc.Unit})
	if code := fault.CodeOf(err); code == fault.Invalid || code == fault.NotFound {
		var f *fault.Error
		errors.As(err, &f)
		return nil, f.Message, nil
	}
	return o, "", err
}

// causes lists what came into force since.
func (r *recount) causes(ctx context.Context, doc queries.Document, since Frozen, now seen) ([]Cause, error) {
	var out []Cause
	had := map[string]bool{}
	for _, c := range since.Submissions {
		had[c.ID] = true
	}
	for _, rows := range [][]queries.SentRow{now.dossier.PreviousSent, now.dossier.Sent} {
		for _, s := range rows {
			if s.Submission == "" || had[s.Submission] {
				continue
			}
			had[s.Submission] = true
			out = append(out, Cause{
				Text:       fmt.Sprintf("%s%s报表第%d版（%s）", s.Unit.Name, s.Quarter.Chinese(), s.Version, s.File),
				Submission: s.Submission, At: s.LastReceivedAt,
			})
		}
	}
	if rules := now.dossier.Metrics; rules != nil && string(rules.AsOf.Regime.Source()) != since.RegimeTOML {
		out = append(out, Cause{Text: "制度规则有变动"})
	}
	if now.dossier.Metrics != nil && now.dossier.Metrics.AsOf.Deadline != since.Deadline {
		out = append(out, Cause{Text: fmt.Sprintf("会议召开期限由%s改为%s", since.Deadline.Chinese(), now.dossier.Metrics.AsOf.Deadline.Chinese())})
	}
	after := doc.Seq
	if c := r.lastCorrection(doc.ID); c != nil {
		after = c.Seq
	}
	for _, action := range []struct{ id, text string }{{"item.closed", "议定事项销号有变动"}, {"units.imported", "单位登记册有变动"}} {
		lines, err := r.desk.deps.Queries.Audit(ctx, queries.AuditFilter{Action: action.id, Limit: 1})
		if err != nil {
			return nil, err
		}
		if len(lines) == 1 && lines[0].Seq > after {
			out = append(out, Cause{Text: action.text, At: lines[0].At})
		}
	}
	slices.SortStableFunc(out, func(a, b Cause) int { return a.At.Compare(b.At) })
	return out, nil
}

func (r *recount) lastCorrection(id string) *queries.Document {
	for _, c := range r.docs {
		if c.Kind == export.PaperCorrection && slices.Contains(c.Corrects, id) {
			return &c
		}
	}
	return nil
}

// Touched leaves of Since those papers that say something that is no longer so.
func Touched(all []Moved) []Moved {
	return slices.Collect(func(yield func(Moved) bool) {
		for _, m := range all {
			if m.IsTouched() && !yield(m) {
				return
			}
		}
	})
}
