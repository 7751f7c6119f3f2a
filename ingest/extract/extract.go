package extract

import (
	"encoding/json"
	"fmt"

	"liandu/internal/period"
	"liandu/internal/record"
)

// Kind is what the text reports.
type Kind string

// The kinds of interface.md. KindNone: no joint conference of a government and its union is reported as held.
// KindUnclear: a person must decide, the doubts say why.
const (
	KindAnnual        Kind = "annual"
	KindExtraordinary Kind = "extraordinary"
	KindUnclear       Kind = "unclear"
	KindNone          Kind = "none"
)

// Options is what is known from outside the text.
type Options struct {
	PublishedOn period.Date // gives the year to a date that has none, and a day to 昨日
}

// Span is a half-open range of runes in the text as given.
type Span [2]int

// Extraction is one meeting record with the words it rests on. Nil pointers, zero dates, empty strings and nil slices
// are facts the text does not state. Spans is keyed by the JSON name of the fact, list elements by 「topics[0]」 and
// 「resolutions[0]」.
type Extraction struct {
	Kind             Kind
	Unit             string // as understood, registered or not
	SessionYear      int
	Ordinal          int
	HeldOn           period.Date
	ChairName        string
	ChairTitle       string
	ChairRank        record.ChairRank
	ChairDelegated   bool // 受…委托主持
	PrincipalPresent *bool
	Topics           []string
	TopicsCount      *int
	ReportBack       *bool
	Resolutions      []Resolution
	Spans            map[string]Span
	Doubts           []string

	given []rune // the text, for quotations
	said  said
}

// said is what the text counts without naming: 「议定4项事项」, 「2023年度议定事项3项」.
type said struct {
	resolutions, earlier     int
	resolutionsAt, earlierAt Span
}

// Quote returns the words a fact rests on, "" when the text does not state it. It is empty after a trip through JSON.
func (e Extraction) Quote(field string) string {
	s, ok := e.Spans[field]
	if !ok {
		return ""
	}
	return e.quote(s)
}

func (e Extraction) quote(s Span) string {
	if s[0] < 0 || s[1] > len(e.given) || s[0] >= s[1] {
		return ""
	}
	return string(e.given[s[0]:s[1]])
}

// Resolution is one 议定事项 as the text states it.
type Resolution struct {
	Item     int         `json:"item"`
	Title    string      `json:"title"`
	LeadUnit *string     `json:"lead_unit"`
	Owner    *string     `json:"owner"`
	DueOn    period.Date `json:"due_on"`   // null unless the text names the day, or month, with its year
	DueText  *string     `json:"due_text"` // the words, where there are any
}

// MarshalJSON writes the shape of interface.md.
func (e Extraction) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Kind             Kind             `json:"kind"`
		Unit             *string          `json:"unit"`
		SessionYear      *int             `json:"session_year"`
		Ordinal          *int             `json:"ordinal"`
		HeldOn           period.Date      `json:"held_on"`
		ChairName        *string          `json:"chair_name"`
		ChairTitle       *string          `json:"chair_title"`
		ChairRank        record.ChairRank `json:"chair_rank"`
		PrincipalPresent *bool            `json:"principal_present"`
		Topics           []string         `json:"topics"`
		TopicsCount      *int             `json:"topics_count"`
		ReportBack       *bool            `json:"report_back"`
		Resolutions      []Resolution     `json:"resolutions"`
		Spans            map[string]Span  `json:"spans"`
		Doubts           []string         `json:"doubts"`
	}{
		e.Kind, orNull(e.Unit), orNull(e.SessionYear), orNull(e.Ordinal), e.HeldOn, orNull(e.ChairName), orNull(e.ChairTitle),
		e.ChairRank, e.PrincipalPresent, e.Topics, e.TopicsCount, e.ReportBack, e.Resolutions, e.Spans, e.Doubts,
	})
}

func orNull[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

// reader is one reading under way.
type reader struct {
	*text
	options  Options
	mentions []mention
	event    event
	out      Extraction

	told      []event // by events
	hasListed bool
	isSurvey  bool         // the text tells of several units' conferences
	others    map[int]bool // sentences about another meeting
	hasYears  bool         // the meeting's names give different years
	within    int          // the sentence that tells of the meeting within which this one was held; -1 for none
}

// FromText reads one meeting record. Of a text longer than 60,000 characters only the beginning is read, with a doubt.
func FromText(s string, o Options) Extraction {
	t, isCut := prepare(s)
	r := &reader{text: t, options: o}
	r.out = Extraction{Kind: KindNone, ChairRank: record.RankUnknown, Spans: map[string]Span{}, Doubts: []string{}}
	if isCut {
		r.doubt("文本超过 %d 字，只读了前面的部分。", maxRunes)
	}
	r.out.given = t.given
	r.findMentions()
	if !r.readKind() {
		return r.out
	}
	r.readUnit()
	r.readSession()
	r.readDate()
	r.settleSession()
	r.readChair()
	r.readPrincipal()
	r.readTopics()
	r.readResolutions()
	r.readReportBack()
	r.readSaid()
	return r.out
}

func (r *reader) doubt(format string, args ...any) {
	r.out.Doubts = append(r.out.Doubts, fmt.Sprintf(format, args...))
}

// mark records the words a fact rests on: bytes from start to end of the prepared text.
func (r *reader) mark(field string, start, end int) {
	if end > start {
		r.out.Spans[field] = r.span(start, end)
	}
}
