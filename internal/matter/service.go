package matter

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"liandu/internal/fault"
	"liandu/internal/journal"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/store"
)

// Service opens matters and takes their steps.
type Service struct {
	Store *store.Store
	Now   func() time.Time
}

// Opening is a matter somebody wants to open, with the steps to be taken in the same change: 交办 at once, or 复核 of an
// item that the county reports as done. Matter and Version of these are filled in.
type Opening struct {
	store.MatterOpened
	Then []Move
}

// Open opens matters, all or none, and returns their ids. It is fault.Conflict when a live matter has the same item or the
// same rule of the same unit and year, or was opened by hand under the same name.
func (s *Service) Open(ctx context.Context, who Actor, openings ...Opening) ([]string, error) {
	return s.OpenAndTake(ctx, who, openings, nil)
}

// Take takes steps, all or none; each is judged against its matter as it is under the writer's lock. A closing writes the
// closing of the matter's items with it, and its withdrawal theirs.
func (s *Service) Take(ctx context.Context, who Actor, steps ...Move) error {
	_, err := s.OpenAndTake(ctx, who, nil, steps)
	return err
}

// OpenAndTake is Open and Take in one change, all or none.
func (s *Service) OpenAndTake(ctx context.Context, who Actor, openings []Opening, steps []Move) ([]string, error) {
	if len(openings) > 0 && !who.Officer {
		return nil, fault.New(fault.Forbidden, "只有督导人员可以立项。", "如有需要，请与市级督导人员联系。")
	}
	today := s.today()
	var ids []string
	_, err := s.Store.Update(ctx, func(ctx context.Context, db *sql.DB, next int64) ([]journal.Entry, error) {
		all, err := Load(ctx, db, today, time.Time{})
		if err != nil {
			return nil, err
		}
		carries, err := heirs(ctx, db, today)
		if err != nil {
			return nil, err
		}
		entries, err := s.taken(who, all, steps, today)
		if err != nil {
			return nil, err
		}
		ids = nil
		for _, o := range openings {
			if o.On.IsZero() {
				o.On = today
			}
			o.Title, o.Words = strings.Join(strings.Fields(plain(o.Title)), " "), plain(o.Words)
			if err := checkOpening(o, all, heirOf(carries, o.Unit), today); err != nil {
				return nil, err
			}
			m, lines, err := s.opened(who, next+int64(len(entries)), o, today)
			if err != nil {
				return nil, err
			}
			m.Heir = heirOf(carries, m.Unit)
			ids = append(ids, m.ID)
			all = append(all, m) // against a double in this very change
			entries = append(entries, lines...)
		}
		return entries, nil
	})
	return ids, err
}

// taken are the lines of steps of matters that are there.
func (s *Service) taken(who Actor, all []*Matter, steps []Move, today period.Date) ([]journal.Entry, error) {
	var entries []journal.Entry
	seen := map[string]bool{}
	for _, mv := range steps {
		if seen[mv.Matter] {
			return nil, fault.New(fault.Invalid, fmt.Sprintf("%s 在一次提交中出现两次。", mv.Matter), "请刷新页面后重新勾选。")
		}
		seen[mv.Matter] = true
		i := slices.IndexFunc(all, func(m *Matter) bool { return m.ID == mv.Matter })
		if i < 0 {
			return nil, Unknown(mv.Matter)
		}
		m := all[i]
		if err := m.Allow(who, mv, today); err != nil {
			return nil, err
		}
		if mv.Kind == Reopen { // not beside a live one about the same thing
			others := slices.DeleteFunc(slices.Clone(all), func(o *Matter) bool { return o == m })
			if err := live(others, Opening{MatterOpened: store.MatterOpened{Unit: m.Unit, Year: m.Year, Targets: m.Targets}}, m.Heir); err != nil {
				return nil, err
			}
		}
		if mv.On.IsZero() {
			mv.On = today
		}
		entries = append(entries, s.entries(who, m, mv)...)
	}
	return entries, nil
}

// opened are the lines of one opening, the first of which gets the number seq.
func (s *Service) opened(who Actor, seq int64, o Opening, today period.Date) (*Matter, []journal.Entry, error) {
	m := &Matter{
		ID: "M" + strconv.FormatInt(seq, 10), Unit: o.Unit, Reporter: o.Reporter, Source: Source(o.Source), Title: o.Title, Year: o.Year, Targets: o.Targets,
	}
	entries := []journal.Entry{{
		At: s.Now(), Actor: who.Login, Action: Open.Action(), Subject: m.ID, Data: o.MatterOpened, Blobs: sums(o.Files),
	}}
	m.take(Step{Seq: seq, Kind: Open, On: o.On, Actor: who.Login})
	for _, mv := range o.Then {
		mv.Matter, mv.Version = m.ID, m.Version
		if mv.On.IsZero() {
			mv.On = today
		}
		if err := m.Allow(who, mv, today); err != nil {
			return nil, nil, err
		}
		entries = append(entries, s.entries(who, m, mv)...)
		m.take(Step{Seq: m.Version + 1, Kind: mv.Kind, On: mv.On, Actor: who.Login, DueOn: mv.DueOn})
	}
	return m, entries, nil
}

func checkOpening(o Opening, all []*Matter, heir record.UnitCode, today period.Date) error {
	switch {
	case strings.TrimSpace(o.Title) == "":
		return fault.New(fault.Invalid, "没有填写事项名称。", "请写明督办什么。")
	case utf8.RuneCountInString(o.Title) > MaxTitle:
		return fault.New(fault.Invalid, fmt.Sprintf("事项名称超过 %d 字。", MaxTitle), "请缩短名称，详情写在说明里。")
	case o.Source == string(FromHand) && strings.TrimSpace(o.Words) == "":
		return fault.New(fault.Invalid, "没有填写立项理由。", "不是由问题清单或议定事项立项的，须写明理由。")
	case o.Source != string(FromHand) && len(o.Targets) == 0:
		return fault.New(fault.Invalid, "没有选中问题或议定事项。", "请在问题清单或销号页勾选后再立项。")
	case len(o.Targets) > MaxTarget:
		return fault.New(fault.Invalid, fmt.Sprintf("一次立项最多包含 %d 项。", MaxTarget), "请分几次立项。")
	case o.On.After(today):
		return fault.New(fault.Invalid, fmt.Sprintf("立项日期 %s 还没有到。", o.On), "请填写今天或以前的日期。")
	case o.Unit == "":
		return fault.New(fault.Invalid, "没有选择单位。", "请选择督办哪个单位。")
	}
	if err := checkText(o.Words, "", "", o.Files); err != nil {
		return err
	}
	if m := byHand(all, o); m != nil {
		return fault.New(fault.Conflict, fmt.Sprintf("「%s」已在 %s 中督办，没有重复立项。", o.Title, m.ID), "请打开该事项继续办理；确是另一件事的，请换一个名称。")
	}
	return live(all, o, heir)
}

// byHand is the live matter that an opening by hand would only repeat, of the same unit and name: a form sent twice opens
// one.
func byHand(all []*Matter, o Opening) *Matter {
	for _, m := range all {
		if o.Source == string(FromHand) && m.Source == FromHand && m.Live() && m.Unit == o.Unit && m.Title == strings.TrimSpace(o.Title) {
			return m
		}
	}
	return nil
}

// live refuses what a live matter of the same unit is about already. heir is who carries on the unit's history: a matter
// opened under the code before is about the same.
func live(all []*Matter, o Opening, heir record.UnitCode) error {
	for _, m := range all {
		if !m.Live() || m.Unit != o.Unit && m.Heir != o.Unit && m.Unit != heir {
			continue
		}
		for _, t := range o.Targets {
			if slices.ContainsFunc(m.Targets, func(u store.MatterTarget) bool { return same(m, u, o, t) }) {
				return fault.New(fault.Conflict, fmt.Sprintf("「%s」已在 %s 中督办，没有重复立项。", TargetName(t), m.ID), "请打开该事项继续办理。")
			}
		}
	}
	return nil
}

// same reports whether a live matter is about the very thing already.
func same(m *Matter, u store.MatterTarget, o Opening, t store.MatterTarget) bool {
	if t.ItemKey != "" {
		return u.ItemKey == t.ItemKey && u.SessionYear == t.SessionYear && u.MeetingKind == t.MeetingKind
	}
	return t.Rule != "" && u.Rule == t.Rule && m.Year == o.Year
}

// TargetName is what a target is called in a sentence.
func TargetName(t store.MatterTarget) string {
	if t.ItemTitle != "" {
		return t.ItemTitle
	}
	return t.RuleName
}

// entries are the lines of one step.
func (s *Service) entries(who Actor, m *Matter, mv Move) []journal.Entry {
	at := s.Now()
	step := store.MatterStep{
		Unit: m.Unit, On: mv.On, Words: plain(mv.Words), Document: plain(mv.Document), Files: mv.Files,
	}
	if moves[mv.Kind].county {
		step.Person, step.ForUnit = plain(mv.Person), who.Officer
	}
	if moves[mv.Kind].due {
		step.DueOn = mv.DueOn
	}
	out := []journal.Entry{{At: at, Actor: who.Login, Action: mv.Kind.Action(), Subject: m.ID, Data: step, Blobs: sums(mv.Files)}}
	if mv.Kind != Close && mv.Kind != Reopen {
		return out
	}
	closedOn := mv.On
	if mv.Kind == Reopen {
		closedOn = m.ClosedOn
	}
	for _, t := range m.Items() {
		out = append(out, journal.Entry{
			At: at, Actor: who.Login, Action: store.ActionItemClosed, Subject: m.ID,
			Data: store.ItemClosed{
				Unit: m.Unit, SessionYear: t.SessionYear, Kind: t.MeetingKind, ItemKey: t.ItemKey, ClosedOn: closedOn,
				Withdrawn: mv.Kind == Reopen,
			},
		})
	}
	return out
}

// plain is what somebody typed without the control characters that a workbook, a paper or a page cannot show.
func plain(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, text))
}

func (s *Service) today() period.Date { return period.DateOf(s.Now().In(period.Shanghai)) }

func sums(files []store.MatterFile) []string {
	var out []string
	for _, f := range files {
		out = append(out, f.SHA256)
	}
	return out
}

// ReporterOf returns the submitting unit that answers for a unit: itself, or the nearest above it that reports.
func ReporterOf(code record.UnitCode, units []record.Unit) record.UnitCode {
	byCode := map[record.UnitCode]record.Unit{}
	for _, u := range units {
		byCode[u.Code] = u
	}
	for at, n := code, 0; at != "" && n < 8; at, n = byCode[at].Parent, n+1 {
		if byCode[at].Submitter {
			return at
		}
	}
	return code
}
