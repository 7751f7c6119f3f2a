package issue

import (
	"bytes"
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"liandu/dashboard/export"
	"liandu/internal/blob"
	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/setting"
	"liandu/queries"
)

// SetLetters names both letters of every laggard, in the order of their numbers.
const SetLetters = "letters"

// Draft is a paper before it is issued, with what it would be issued as.
type Draft struct {
	Order
	Official *export.Official
	Bytes    []byte
	Earlier  *queries.Document // the same paper issued before
}

// Drafts makes what an address names from a dossier: one paper, of one unit or of all that get one, or SetLetters.
// first is the number of the first; the others follow it. Where it is "" the papers that bear a number have a blank.
// What is missing is a marked blank. fresh leaves out the papers that were issued before.
func (d *Desk) Drafts(ctx context.Context, from export.Dossier, set string, unit record.UnitCode, first string, fresh bool) ([]Draft, error) {
	from.Draft = true
	orders, err := d.orders(from, set, unit)
	if err != nil {
		return nil, err
	}
	if fresh {
		issued, err := d.deps.Queries.Documents(ctx, queries.DocumentFilter{Quarter: from.Metrics.AsOf.Quarter})
		if err != nil {
			return nil, err
		}
		orders = slices.DeleteFunc(orders, func(o Order) bool { return earlier(issued, o, from.Metrics.AsOf) != nil })
	}
	return d.draftAll(ctx, from, orders, first)
}

// CorrectionDraft makes the 更正 of issued papers from a dossier of their point of view (CorrectionOf).
func (d *Desk) CorrectionDraft(ctx context.Context, from export.Dossier, ids []string, number string) ([]Draft, error) {
	return d.draftAll(ctx, from, []Order{{Paper: export.PaperCorrection, Corrects: ids}}, number)
}

func (d *Desk) draftAll(ctx context.Context, from export.Dossier, orders []Order, first string) ([]Draft, error) {
	from.Draft = true
	issued, err := d.deps.Queries.Documents(ctx, queries.DocumentFilter{Quarter: from.Metrics.AsOf.Quarter})
	if err != nil {
		return nil, err
	}
	first = strings.TrimSpace(first)
	if _, ok := export.NumberAfter(first, 0); first != "" && !ok {
		return nil, fault.New(fault.Invalid, "文号「"+first+"」不是机关代字、年份、序号的形式。", "请写成 云工函〔2025〕1号 这样的形式，年份用六角括号，序号不补零。")
	}
	var out []Draft
	for i, o := range orders {
		one := from
		one.Settings = WithoutNumber(from.Settings, o.Paper)
		if first != "" && bears(o.Paper) {
			o.Number, _ = export.NumberAfter(first, i)
			one.Number = o.Number
		}
		official, err := d.makeOne(ctx, one, o)
		if err != nil {
			return nil, err
		}
		var b bytes.Buffer
		if err := official.Write(&b); err != nil {
			return nil, err
		}
		o.Expect = blob.Sum(b.Bytes())
		out = append(out, Draft{Order: o, Official: official, Bytes: b.Bytes(), Earlier: earlier(issued, o, from.Metrics.AsOf)})
	}
	return out, nil
}

// earlier is the last issue of the same paper of a point of view, nil where there was none. issued are of its quarter.
func earlier(issued []queries.Document, o Order, at queries.AsOf) *queries.Document {
	for _, e := range issued {
		if e.Paper == o.Paper && e.Unit == o.Unit && e.Year == at.Year && e.Level == at.Level && o.Paper != export.PaperCorrection {
			return &e
		}
	}
	return nil
}

// orders lists the papers a set stands for.
func (d *Desk) orders(from export.Dossier, set string, unit record.UnitCode) ([]Order, error) {
	if set == SetLetters {
		all, err := from.Letters()
		if err != nil {
			return nil, err
		}
		return ordersOf(all, unit), nil
	}
	p, err := export.FindPaper(set)
	if err != nil {
		return nil, err
	}
	if !p.Each || unit != "" {
		return []Order{{Paper: set, Unit: unit}}, nil
	}
	all, err := p.All(from)
	return ordersOf(all, ""), err
}

func ordersOf(all []*export.Official, unit record.UnitCode) []Order {
	var out []Order
	for _, o := range all {
		if unit == "" || o.Unit == unit {
			out = append(out, Order{Paper: o.Paper, Unit: o.Unit})
		}
	}
	return out
}

// NumberKey is the setting of a set's first number, "" where its papers bear none.
func NumberKey(set string) string {
	if set == SetLetters {
		return "letter.number"
	}
	if set == export.PaperCorrection {
		return "correction.number"
	}
	p, err := export.FindPaper(set)
	if err != nil {
		return ""
	}
	return p.Number
}

func bears(paper string) bool { return NumberKey(paper) != "" }

// WithoutNumber leaves a paper's number out of the settings: it is given with the paper or it is a blank.
func WithoutNumber(s setting.Settings, paper string) setting.Settings {
	out := maps.Clone(s)
	delete(out, NumberKey(paper))
	return out
}

// Number is the document number a set would begin with. Set reports that an official set it and it was not given yet;
// otherwise it is the next of the sequence, to be confirmed, and Why says from what. Number is "" where nothing is known.
type Number struct {
	Number string
	Set    bool
	Why    string
}

// NextNumber looks for the number a set would begin with.
func (d *Desk) NextNumber(ctx context.Context, set string, settings setting.Settings, datedOn period.Date) (Number, error) {
	key := NumberKey(set)
	if key == "" {
		return Number{}, nil
	}
	docs, err := d.deps.Queries.Documents(ctx, queries.DocumentFilter{})
	if err != nil {
		return Number{}, err
	}
	own := settings[key]
	taken := slices.ContainsFunc(docs, func(x queries.Document) bool { return x.Number == own })
	if own != "" && !taken {
		return Number{Number: own, Set: true, Why: "设置中的文号"}, nil
	}
	stem := stemOf(own)
	for _, x := range docs { // the latest first
		if stem == "" && x.Number != "" && NumberKey(x.Paper) == key {
			stem = stemOf(x.Number)
		}
	}
	if stem == "" {
		return Number{}, nil
	}
	year := stem + "〔" + strconv.Itoa(datedOn.Year()) + "〕"
	last, lastNumber := 0, ""
	for _, x := range docs {
		if n, ok := serial(x.Number, year); ok && n > last {
			last, lastNumber = n, x.Number
		}
	}
	first := year + "1号"
	if last == 0 {
		return Number{Number: first, Why: "本年度尚未用过这一代字，请核对发文登记"}, nil
	}
	next, _ := export.NumberAfter(first, last)
	return Number{Number: next, Why: "上一号为" + lastNumber + "，请核对发文登记"}, nil
}

// stemOf is what stands before the year of a number: 云工函.
func stemOf(number string) string {
	stem, _, ok := strings.Cut(number, "〔")
	if !ok {
		return ""
	}
	return stem
}

// serial is the count of a number that begins with stem and year.
func serial(number, year string) (int, bool) {
	rest, ok := strings.CutPrefix(number, year)
	if !ok {
		return 0, false
	}
	n := 0
	for _, r := range strings.TrimSuffix(rest, "号") {
		if r < '0' || r > '9' || n > 1<<20 {
			return 0, false
		}
		n = 10*n + int(r-'0')
	}
	return n, n > 0
}
