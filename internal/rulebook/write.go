package rulebook

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"liandu/internal/fault"
	"liandu/internal/journal"
	"liandu/internal/period"
	"liandu/internal/regime"
	"liandu/internal/store"
)

// Decision is why something was changed and who writes it down. Document is the document that decided it, as official
// papers cite it.
type Decision struct {
	Reason   string
	Document string
	Actor    string
}

// Change makes a regime the version in force from a day on; an id nobody has is a new own regime. It refuses, with
// fault.Invalid, a regime in which regime.Check finds anything, a missing reason or document, suspended rules written
// into the file, and a version that changes nothing. base, where not nil, is the version the change was made from: when
// another is in force on that day by now, it is fault.Conflict.
func (k *Keeper) Change(ctx context.Context, r *regime.Regime, from period.Date, base *regime.Regime, d Decision) error {
	return k.change(ctx, r, from, base, d, 0)
}

// Adopt makes a regime the one the city follows from a day on.
func (k *Keeper) Adopt(ctx context.Context, id string, from period.Date, d Decision) error {
	if err := d.check(true); err != nil {
		return err
	}
	return k.write(ctx, func(b *Book) (journal.Entry, error) {
		if _, err := b.At(id, from, k.now()); err != nil {
			return journal.Entry{}, err
		}
		if b.Adopted(from, k.now()) == id {
			return journal.Entry{}, fault.New(fault.Conflict, fmt.Sprintf("自%s起本市本来就采用「%s」，没有改动。", from.Chinese(), id), "请另选制度或施行时间。")
		}
		return k.entry(store.ActionRegimeAdopted, id, d, store.RegimeAdopted{Regime: id, From: from, Reason: d.Reason, Document: d.Document}), nil
	})
}

// Suspend leaves a rule out for as-ofs whose last day lies from from to until. The document may be left out.
func (k *Keeper) Suspend(ctx context.Context, id, rule string, from, until period.Date, d Decision) error {
	if err := d.check(false); err != nil {
		return err
	}
	if from.IsZero() || until.IsZero() || until.Before(from) {
		return fault.New(fault.Invalid, "暂停的截止时间早于开始时间，或没有写明。", "请写明从哪一季度起、至哪一季度或哪一日止。")
	}
	if until.Before(period.QuarterOf(from).Last()) {
		return fault.New(fault.Invalid, fmt.Sprintf("自%s至%s不含任何一个季度的最后一日，暂停不会影响任何报告期。", from.Chinese(), until.Chinese()), "评价以季度最后一日为准，请把截止时间延到要暂停的季度末。")
	}
	return k.write(ctx, func(b *Book) (journal.Entry, error) {
		if _, err := ruleOn(b, id, rule, from); err != nil {
			return journal.Entry{}, err
		}
		return k.entry(store.ActionRuleSuspended, id+" "+rule, d, store.RuleSuspended{
			Regime: id, Rule: rule, From: from, Until: until, Reason: d.Reason, Document: d.Document,
		}), nil
	})
}

// Resume ends the suspensions of a rule from a day on. It refuses, with fault.Conflict, a rule that is not suspended on
// that day or later.
func (k *Keeper) Resume(ctx context.Context, id, rule string, from period.Date, d Decision) error {
	if err := d.check(false); err != nil {
		return err
	}
	return k.write(ctx, func(b *Book) (journal.Entry, error) {
		if _, err := ruleOn(b, id, rule, from); err != nil {
			return journal.Entry{}, err
		}
		ends := false
		for _, l := range b.Lines(k.now()) {
			if l.ID == id && l.Rule == rule {
				ends = l.Kind == Suspended && !l.Until.Before(from) || l.Kind == Resumed && ends && l.From.After(from)
			}
		}
		if !ends {
			return journal.Entry{}, fault.New(fault.Conflict, fmt.Sprintf("规则「%s」自%s起没有暂停，没有改动。", regime.RuleName(rule), from.Chinese()), "运行 liandu regime history 或在「制度规则」页查看暂停记录。")
		}
		return k.entry(store.ActionRuleResumed, id+" "+rule, d, store.RuleResumed{
			Regime: id, Rule: rule, From: from, Reason: d.Reason, Document: d.Document,
		}), nil
	})
}

// Revert takes a recorded change back by a new line: from the day the change holds, the regime is again as it was before,
// or the city follows the one it followed before; a suspension ends where it began. Only the last change of a regime can
// be taken back; an earlier one is fault.Conflict.
func (k *Keeper) Revert(ctx context.Context, seq int64, d Decision) error {
	b, err := k.Book(ctx)
	if err != nil {
		return err
	}
	i := -1
	for j, l := range b.lines {
		if l.Seq == seq {
			i = j
		}
	}
	if i < 0 {
		return fault.New(fault.NotFound, fmt.Sprintf("操作日志第 %d 行不是制度的调整。", seq), "请在「制度规则」页的调整记录中核对编号。")
	}
	line := b.lines[i]
	for _, l := range b.lines[i+1:] {
		if l.Kind == line.Kind && (l.ID == line.ID && l.Rule == line.Rule || l.Kind == Adopted) {
			return fault.New(fault.Conflict, fmt.Sprintf("其后%s又有一次同类调整，这一次不能单独撤销。", l.At.In(period.Shanghai).Format("2006年1月2日")), "请先撤销后面的调整。")
		}
	}
	before := &Book{builtIn: b.builtIn, first: b.first, lines: b.lines[:i]}
	switch line.Kind {
	case Suspended:
		return k.Resume(ctx, line.ID, line.Rule, line.From, d)
	case Adopted:
		return k.Adopt(ctx, before.Adopted(line.From, k.now()), line.From, d)
	case Changed:
		old, _, ok := before.version(line.ID, line.From, k.now())
		if !ok {
			return fault.New(fault.Conflict, fmt.Sprintf("「%s」是新增的制度，没有更早的文本可以恢复。", line.ID), "不再使用的，请改用其他制度。")
		}
		return k.change(ctx, old, line.From, line.Regime, d, seq) // not where it was changed again meanwhile
	}
	return fault.New(fault.Conflict, "恢复执行的记录不能撤销。", "需要再次暂停的，请重新登记暂停。")
}

func (k *Keeper) change(ctx context.Context, r *regime.Regime, from period.Date, base *regime.Regime, d Decision, reverts int64) error {
	if err := d.check(true); err != nil {
		return err
	}
	if err := Refusal(r); err != nil {
		return err
	}
	toml, err := k.store.Blobs().PutBytes(r.Source())
	if err != nil {
		return err
	}
	words, err := k.store.Blobs().PutBytes([]byte(r.ClauseText()))
	if err != nil {
		return err
	}
	return k.write(ctx, func(b *Book) (journal.Entry, error) {
		now, _, ok := b.version(r.ID, from, k.now())
		if ok && base != nil && !Same(now, base) {
			return journal.Entry{}, fault.New(fault.Conflict, fmt.Sprintf("「%s」刚才已有另一次调整，这次没有写入。", r.Name), "请按现行的内容重新试算后再确认。")
		}
		if ok && Same(now, r) {
			return journal.Entry{}, fault.New(fault.Conflict, fmt.Sprintf("「%s」的内容与现行的相同，没有改动。", r.Name), "请先改动权重、分数线、期限或规则。")
		}
		e := k.entry(store.ActionRegimeChanged, r.ID, d, store.RegimeChanged{
			Regime: r.ID, TOML: toml, Words: words, From: from, Reason: d.Reason, Document: d.Document, Reverts: reverts,
		})
		e.Blobs = []string{toml, words}
		return e, nil
	})
}

// BaseEntry is the journal entry by which a folder is made with an own regime: in force and known from the beginning.
func (k *Keeper) BaseEntry(r *regime.Regime, actor string) (journal.Entry, error) {
	if err := Refusal(r); err != nil {
		return journal.Entry{}, err
	}
	toml, err := k.store.Blobs().PutBytes(r.Source())
	if err != nil {
		return journal.Entry{}, err
	}
	words, err := k.store.Blobs().PutBytes([]byte(r.ClauseText()))
	if err != nil {
		return journal.Entry{}, err
	}
	d := Decision{Reason: "建立数据目录时采用", Document: r.Document.Cite(), Actor: actor}
	e := k.entry(store.ActionRegimeChanged, r.ID, d, store.RegimeChanged{
		Regime: r.ID, TOML: toml, Words: words, Reason: d.Reason, Document: d.Document, Base: true,
	})
	e.Blobs = []string{toml, words}
	return e, nil
}

// Refusal says why a regime cannot be written down, nil when it can: what Check finds, or suspended rules in its file.
func Refusal(r *regime.Regime) error {
	if issues := regime.Check(r); len(issues) > 0 {
		more := ""
		if len(issues) > 1 {
			more = fmt.Sprintf("另有 %d 处问题。", len(issues)-1)
		}
		return fault.New(fault.Invalid, issues[0].Message+more, issues[0].Hint)
	}
	if len(r.Suspended) > 0 {
		return fault.New(fault.Invalid, fmt.Sprintf("制度文件里写有暂停执行的规则「%s」。", regime.RuleName(r.Suspended[0].Rule)), "请删去「suspended」一节，暂停执行用 liandu regime suspend 或「制度规则」页登记。")
	}
	return nil
}

// Same reports whether two versions judge and read alike, whatever their files' comments and order.
func Same(a, b *regime.Regime) bool {
	return bytes.Equal(regime.Write(a), regime.Write(b)) && a.ClauseText() == b.ClauseText()
}

// write decides on the Book as it stands under the writer's lock.
func (k *Keeper) write(ctx context.Context, decide func(*Book) (journal.Entry, error)) error {
	_, err := k.store.Update(ctx, func(ctx context.Context, db *sql.DB, _ int64) ([]journal.Entry, error) {
		b, err := Load(ctx, db, k.first)
		if err != nil {
			return nil, err
		}
		e, err := decide(b)
		if err != nil {
			return nil, err
		}
		return []journal.Entry{e}, nil
	})
	return err
}

func (k *Keeper) entry(action, subject string, d Decision, data any) journal.Entry {
	return journal.Entry{At: k.now(), Actor: d.Actor, Action: action, Subject: subject, Data: data}
}

func ruleOn(b *Book, id, rule string, day period.Date) (regime.Rule, error) {
	version, _, ok := b.version(id, day, time.Time{})
	if !ok {
		return regime.Rule{}, b.unknown(id, day, time.Time{})
	}
	r, ok := version.Rule(rule)
	if !ok {
		var names []string
		for _, have := range version.Rules {
			names = append(names, have.ID+"（"+regime.RuleName(have.ID)+"）")
		}
		return r, fault.New(fault.NotFound, fmt.Sprintf("制度「%s」没有规则「%s」。", version.Name, rule), "可用："+strings.Join(names, "、")+"。")
	}
	return r, nil
}

// check refuses a decision without its reason, and without its document where one is needed.
func (d Decision) check(needsDocument bool) error {
	for _, f := range []struct {
		name, value string
		needed      bool
	}{{"事由", d.Reason, true}, {"依据文件", d.Document, needsDocument}} {
		switch {
		case f.needed && strings.TrimSpace(f.value) == "":
			return fault.New(fault.Invalid, fmt.Sprintf("没有写明%s。", f.name), "每次调整都要记下事由；改动制度内容的，还要写明决定它的文件名称及文号。")
		case utf8.RuneCountInString(f.value) > 300:
			return fault.New(fault.Invalid, fmt.Sprintf("%s超过 300 字。", f.name), "请缩短后重试。")
		}
	}
	return nil
}
