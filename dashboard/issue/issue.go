package issue

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"liandu/dashboard/export"
	"liandu/internal/blob"
	"liandu/internal/fault"
	"liandu/internal/journal"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/store"
	"liandu/queries"
)

// Order is one paper to issue.
type Order struct {
	Paper    string          // a row of export.Papers, or export.PaperCorrection
	Unit     record.UnitCode // of a paper that goes to one unit
	Number   string          // needed where the paper bears one
	Corrects []string        // of a 更正: the documents it corrects
	Again    bool            // the same paper was issued before, and is issued again all the same
	Expect   string          // the sum of the paper as it was looked at; "" is not held against anything
	// Edited is the sum of a kept file to issue instead of the one made: an officer's edited copy. What it says otherwise
	// than the data is accepted for a Reason.
	Edited string
	Reason string

	before int64 // of a 更正 made again: its own line
}

// Batch is what is issued together: all or nothing.
type Batch struct {
	At      queries.AsOf
	DatedOn period.Date
	Printed time.Time // the known-at to print; zero prints the last receipt
	Orders  []Order
	Actor   string
}

// made is an order carried out, not yet issued.
type made struct {
	order    Order
	official *export.Official
	bytes    []byte
	differs  []export.Disagreement
}

// Issue makes the papers and freezes them, each under its number. It refuses the whole with fault.Conflict where a
// number was given before, where a paper is no longer the one that was looked at, and where the same paper was issued
// before and Again does not say that this is meant; with fault.Invalid where something is missing.
func (d *Desk) Issue(ctx context.Context, b Batch) ([]queries.Document, error) {
	if len(b.Orders) == 0 {
		return nil, fault.New(fault.Invalid, "没有选择要签发的文件。", "请至少选择一份。")
	}
	from, err := d.Dossier(ctx, b.At)
	if err != nil {
		return nil, err
	}
	from.IssuedOn, from.KnownAt = b.DatedOn, b.Printed
	papers, err := d.makeAll(ctx, from, b.Orders)
	if err != nil {
		return nil, err
	}
	frozen, err := d.freeze(ctx, from)
	if err != nil {
		return nil, err
	}
	payloads, err := d.keep(from, frozen, papers)
	if err != nil {
		return nil, err
	}
	lines, err := d.deps.Store.Update(ctx, func(ctx context.Context, db *sql.DB, _ int64) ([]journal.Entry, error) {
		var entries []journal.Entry
		given := map[string]bool{}
		for i := range payloads {
			p := &payloads[i]
			if given[p.Number] && p.Number != "" {
				return nil, fault.New(fault.Conflict, fmt.Sprintf("文号「%s」在这一批里用了两次。", p.Number), "请改正文号后再签发。")
			}
			given[p.Number] = true
			if err := d.settle(ctx, p, papers[i].order.Again); err != nil {
				return nil, err
			}
			entries = append(entries, journal.Entry{
				At: d.deps.Now(), Actor: b.Actor, Action: store.ActionDocumentIssued, Subject: subject(*p), Data: *p, Blobs: p.Blobs(),
			})
		}
		return entries, nil
	})
	if err != nil {
		return nil, err
	}
	var out []queries.Document
	for _, l := range lines {
		doc, err := d.deps.Queries.Document(ctx, store.DocumentID(l.Seq), "")
		if err != nil {
			return nil, err
		}
		out = append(out, doc)
	}
	return out, nil
}

// subject is how the audit log names the paper.
func subject(p store.DocumentIssued) string { return strings.TrimSpace(p.Number + " " + p.Title) }

// settle refuses a number given before and a paper issued before. It runs under the writer's lock, so of two who give
// one number at once one is refused.
func (d *Desk) settle(ctx context.Context, p *store.DocumentIssued, again bool) error {
	if p.Number != "" {
		same, err := d.deps.Queries.Documents(ctx, queries.DocumentFilter{Number: p.Number})
		if err != nil {
			return err
		}
		if len(same) > 0 {
			return fault.New(fault.Conflict, fmt.Sprintf("文号「%s」已于%s用于《%s》，没有签发。", p.Number, same[0].DatedOn.Chinese(), same[0].Title), "请换一个文号。")
		}
	}
	earlier, err := d.deps.Queries.Documents(ctx, queries.DocumentFilter{Kind: p.Kind, Unit: p.Unit, Quarter: p.Quarter})
	if err != nil {
		return err
	}
	for _, e := range earlier {
		if e.Paper != p.Paper || e.Unit != p.Unit || e.Year != p.Year || e.Level != p.Level || p.Kind == export.PaperCorrection {
			continue
		}
		if !again {
			name := export.PaperName(p.Paper)
			if p.To != "" {
				name += "（致" + p.To + "）"
			}
			return fault.New(fault.Conflict, fmt.Sprintf("%s的%s已于%s签发（%s），没有再次签发。", p.Quarter.Chinese(), name, e.DatedOn.Chinese(), strings.TrimSpace(e.Number+" "+e.ID)),
				"确需再发一份的，请勾选「再次签发」；原件照旧保留。")
		}
		p.Again = e.ID
		return nil
	}
	return nil
}

// makeAll makes every paper, in the order given.
func (d *Desk) makeAll(ctx context.Context, from export.Dossier, orders []Order) ([]made, error) {
	var out []made
	for _, o := range orders {
		one := from
		one.Draft, one.Number = false, strings.TrimSpace(o.Number)
		if err := checkNumber(o.Paper, one.Number); err != nil {
			return nil, err
		}
		official, err := d.makeOne(ctx, one, o)
		if err != nil {
			return nil, err
		}
		var b bytes.Buffer
		if err := official.Write(&b); err != nil {
			return nil, err
		}
		if o.Expect != "" && o.Expect != blob.Sum(b.Bytes()) {
			return nil, fault.New(fault.Conflict, fmt.Sprintf("%s在预览之后有了变化，没有签发。", export.PaperName(o.Paper)), "数据、设置或制度刚刚有改动。请重新核对预览后再签发。")
		}
		m := made{order: o, official: official, bytes: b.Bytes()}
		if o.Edited != "" {
			if m.differs, err = d.Check(ctx, official, o.Edited); err != nil {
				return nil, err
			}
			if len(m.differs) > 0 && strings.TrimSpace(o.Reason) == "" {
				return nil, fault.New(fault.Invalid, fmt.Sprintf("修改稿还有%d处与数据不一致，没有签发。", len(m.differs)), "请改正后重新上传，或写明保留的理由。")
			}
		}
		out = append(out, m)
	}
	return out, nil
}

// makeOne makes one paper.
func (d *Desk) makeOne(ctx context.Context, from export.Dossier, o Order) (*export.Official, error) {
	if o.Paper == export.PaperCorrection {
		return d.correction(ctx, from, o.Corrects, o.before)
	}
	p, err := export.FindPaper(o.Paper)
	if err != nil {
		return nil, err
	}
	if p.Form && !from.Draft {
		return nil, fault.New(fault.Invalid, p.Name+"由县（市、区）填写印发，不在这里签发。", "请下载后转给有关单位。")
	}
	return p.One(from, o.Unit)
}

// checkNumber refuses a paper without the number it must bear, and a number of another form than 云工函〔2025〕1号 (R41).
func checkNumber(paper, number string) error {
	name := export.PaperName(paper)
	if NumberKey(paper) == "" {
		return nil
	}
	if number == "" {
		return fault.New(fault.Invalid, name+"没有签发：缺少文号。", "请填写文号，如 云工函〔2025〕1号。")
	}
	if _, ok := export.NumberAfter(number, 0); !ok {
		return fault.New(fault.Invalid, fmt.Sprintf("%s没有签发：文号「%s」不是机关代字、年份、序号的形式。", name, number), "请写成 云工函〔2025〕1号 这样的形式，年份用六角括号，序号不补零。")
	}
	return nil
}

// keep puts everything the lines will name on disk and returns their payloads.
func (d *Desk) keep(from export.Dossier, frozen Frozen, papers []made) ([]store.DocumentIssued, error) {
	at := from.Metrics.AsOf
	var out []store.DocumentIssued
	for _, m := range papers {
		frozen.Differences = m.differs
		data, err := d.put(frozen)
		if err != nil {
			return nil, err
		}
		p := store.DocumentIssued{
			Kind: kindOf(m.order.Paper), Paper: m.order.Paper, Unit: m.order.Unit, To: m.official.To, Quarter: at.Quarter, Year: at.Year, Regime: at.Regime.ID,
			Level: at.Level, KnownAt: at.KnownAt, Number: m.official.Number, Title: m.official.Title, DatedOn: from.IssuedOn, ReplyDue: replyDue(m.official),
			File: FileName(m.official), Data: data, Accepted: len(m.differs), Reason: strings.TrimSpace(m.order.Reason), Corrects: m.order.Corrects,
		}
		if p.Generated, err = d.deps.Store.Blobs().PutBytes(m.bytes); err != nil {
			return nil, err
		}
		if p.Tree, err = d.put(m.official); err != nil {
			return nil, err
		}
		p.SHA256 = p.Generated
		if m.order.Edited != "" {
			p.SHA256 = m.order.Edited
		}
		out = append(out, p)
	}
	return out, nil
}

func (d *Desk) put(v any) (string, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("keep issued paper: %w", err)
	}
	return d.deps.Store.Blobs().PutBytes(b)
}

func kindOf(paper string) string {
	if p, err := export.FindPaper(paper); err == nil {
		return p.Kind
	}
	return paper
}

// replyDue is the day a letter, a reminder or a dispatch sheet asks to be answered by.
func replyDue(o *export.Official) period.Date {
	if o.Unit == "" && o.Paper != export.PaperDispatch || o.Paper == export.PaperScoreSheet {
		return period.Date{}
	}
	return o.ReplyDue
}

// FileName is the name of a paper's file: its number, what it is and to whom.
func FileName(o *export.Official) string {
	name := o.Number + " " + o.Title
	if o.Unit != "" {
		name = o.Number + " " + o.Kind + "（" + o.To + "）"
	}
	return SafeName(name) + ".docx"
}

// SafeName leaves out what a file's name cannot hold on some system.
func SafeName(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < 0x20 || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, strings.Trim(s, ". "))
	if r := []rune(s); len(r) > 80 {
		s = string(r[:80])
	}
	return s
}

// Keep puts an edited file into the store and holds it against the paper the data gives. It refuses what is no readable
// .docx. The caller writes the line of the log that names the file (store.ActionDocumentChecked): without one it is not
// issued.
func (d *Desk) Keep(o *export.Official, file []byte) (sum string, differs []export.Disagreement, err error) {
	if differs, err = export.CheckAgainst(o, file); err != nil {
		return "", nil, err
	}
	sum, err = d.deps.Store.Blobs().PutBytes(file)
	return sum, differs, err
}

// Check holds a kept edited file against the paper the data gives. A file that was not uploaded to be checked is
// fault.NotFound.
func (d *Desk) Check(ctx context.Context, o *export.Official, sum string) ([]export.Disagreement, error) {
	notKept := func(err error) error {
		return fault.Wrap(fault.NotFound, "没有这份修改稿。", "请重新上传修改稿。", err)
	}
	if len(sum) != 64 {
		return nil, notKept(nil)
	}
	lines, err := d.deps.Queries.Audit(ctx, queries.AuditFilter{Action: store.ActionDocumentChecked, Text: sum, Limit: 1})
	if err != nil {
		return nil, err
	}
	if len(lines) == 0 {
		return nil, notKept(nil)
	}
	b, err := d.deps.Store.Blobs().Read(sum)
	if err != nil {
		return nil, notKept(err)
	}
	return export.CheckAgainst(o, b)
}
