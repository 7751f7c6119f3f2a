package matter

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
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

// Opening is a matter somebody wants to open. With Checked an item's matter is opened and passed 复核 in one change: what
// the words and files then say is the check's.
type Opening struct {
	store.MatterOpened
	Checked bool
}

// Open opens matters, all or none, and returns their ids. It is fault.Conflict when a live matter has the same item or the
// same rule of the same unit and year.
func (s *Service) Open(ctx context.Context, who Actor, openings ...Opening) ([]string, error) {
	if !who.Officer {
		return nil, fault.New(fault.Forbidden, "只有督导人员可以立项。", "如有需要，请与市级督导人员联系。")
	}
	today := s.today()
	var ids []string
	_, err := s.Store.Update(ctx, func(ctx context.Context, db *sql.DB, next int64) ([]journal.Entry, error) {
		all, err := Load(ctx, db, "", time.Time{})
		if err != nil {
			return nil, err
		}
		var entries []journal.Entry
		ids = nil
		for _, o := range openings {
			if o.On.IsZero() {
				o.On = today
			}
			if err := checkOpening(o, all, today); err != nil {
				return nil, err
			}
			id := "M" + strconv.FormatInt(next+int64(len(entries)), 10)
			ids = append(ids, id)
			all = append(all, &Matter{ID: id, Unit: o.Unit, Year: o.Year, Targets: o.Targets, State: Opened}) // against a double in this very change
			entries = append(entries, s.opened(who, id, o)...)
		}
		return entries, nil
	})
	return ids, err
}

// opened are the lines of one opening.
func (s *Service) opened(who Actor, id string, o Opening) []journal.Entry {
	entry := func(k Kind, data any, files []store.MatterFile) journal.Entry {
		return journal.Entry{At: s.Now(), Actor: who.Login, Action: k.Action(), Subject: id, Data: data, Blobs: sums(files)}
	}
	if !o.Checked {
		return []journal.Entry{entry(Open, o.MatterOpened, o.Files)}
	}
	words, files := o.Words, o.Files
	o.Words, o.Files = "", nil
	return []journal.Entry{
		entry(Open, o.MatterOpened, nil),
		entry(Check, store.MatterStep{Unit: o.Unit, On: o.On, Words: words, Files: files}, files),
	}
}

func checkOpening(o Opening, all []*Matter, today period.Date) error {
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
	return live(all, o)
}

// live refuses what a live matter is about already.
func live(all []*Matter, o Opening) error {
	for _, m := range all {
		for _, t := range o.Targets {
			if m.Live() && slices.ContainsFunc(m.Targets, func(u store.MatterTarget) bool { return same(m, u, o, t) }) {
				return fault.New(fault.Conflict, fmt.Sprintf("「%s」已在 %s 中督办，没有重复立项。", TargetName(t), m.ID), "请打开该事项继续办理。")
			}
		}
	}
	return nil
}

// same reports whether a live matter is about the very thing already.
func same(m *Matter, u store.MatterTarget, o Opening, t store.MatterTarget) bool {
	if m.Unit != o.Unit {
		return false
	}
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

// Take takes steps, all or none; each is judged against its matter as it is under the writer's lock. A closing writes the
// closing of the matter's items with it, and its withdrawal theirs.
func (s *Service) Take(ctx context.Context, who Actor, steps ...Move) error {
	today := s.today()
	_, err := s.Store.Update(ctx, func(ctx context.Context, db *sql.DB, _ int64) ([]journal.Entry, error) {
		var entries []journal.Entry
		seen := map[string]bool{}
		for _, mv := range steps {
			if seen[mv.Matter] {
				return nil, fault.New(fault.Invalid, fmt.Sprintf("%s 在一次提交中出现两次。", mv.Matter), "请刷新页面后重新勾选。")
			}
			seen[mv.Matter] = true
			found, err := Load(ctx, db, mv.Matter, time.Time{})
			if err != nil {
				return nil, err
			}
			if mv.Matter == "" || len(found) == 0 {
				return nil, Unknown(mv.Matter)
			}
			if err := found[0].Allow(who, mv, today); err != nil {
				return nil, err
			}
			if err := onlyOne(ctx, db, found[0], mv); err != nil {
				return nil, err
			}
			if mv.On.IsZero() {
				mv.On = today
			}
			entries = append(entries, s.entries(who, found[0], mv)...)
		}
		return entries, nil
	})
	return err
}

// onlyOne refuses to bring a closed matter back to life beside a live one about the same thing.
func onlyOne(ctx context.Context, db *sql.DB, m *Matter, mv Move) error {
	if mv.Kind != Reopen {
		return nil
	}
	all, err := Load(ctx, db, "", time.Time{})
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(o *Matter) bool { return o.ID == m.ID })
	return live(all, Opening{MatterOpened: store.MatterOpened{Unit: m.Unit, Year: m.Year, Targets: m.Targets}})
}

// entries are the lines of one step.
func (s *Service) entries(who Actor, m *Matter, mv Move) []journal.Entry {
	at := s.Now()
	step := store.MatterStep{
		Unit: m.Unit, On: mv.On, Words: strings.TrimSpace(mv.Words), Person: strings.TrimSpace(mv.Person), Document: strings.TrimSpace(mv.Document), Files: mv.Files,
		ForUnit: who.Officer && (mv.Kind == Receive || mv.Kind == Reply),
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
