package issue

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"liandu/dashboard/export"
	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/internal/setting"
	"liandu/queries"
)

// Frozen is what papers of one point of view were made from. Papers issued together share one blob of it.
type Frozen struct {
	Form        int              `json:"form"` // 1
	City        string           `json:"city"`
	Quarter     period.Quarter   `json:"quarter"`
	Year        int              `json:"year"`
	Level       record.Level     `json:"level"`
	KnownAt     time.Time        `json:"known_at"`
	Printed     time.Time        `json:"printed_known_at"` // zero: the last receipt is printed
	Deadline    period.Date      `json:"deadline"`
	DatedOn     period.Date      `json:"dated_on"`
	Regime      string           `json:"regime"`
	FollowsCity bool             `json:"follows_city,omitempty"` // of every quarter, the regime the city follows then
	RegimeTOML  string           `json:"regime_toml"`
	RegimeText  string           `json:"regime_text"` // the policy document's words
	Settings    setting.Settings `json:"settings"`
	Units       []record.Unit    `json:"units"`
	Submissions []Counted        `json:"submissions"` // in force at KnownAt
	// Differences are what an edited file that was issued says otherwise than the data, accepted for the Reason of its line.
	Differences []export.Disagreement `json:"differences,omitempty"`
}

// Counted is one submission whose figures are in a paper.
type Counted struct {
	ID      string          `json:"id"`
	Unit    record.UnitCode `json:"unit"`
	Quarter period.Quarter  `json:"quarter"`
	Version int             `json:"version"`
	File    string          `json:"file"`
}

// freeze writes down what a dossier was made from.
func (d *Desk) freeze(ctx context.Context, from export.Dossier) (Frozen, error) {
	at := from.Metrics.AsOf
	units, err := d.deps.Queries.Units(ctx, at.KnownAt)
	if err != nil {
		return Frozen{}, err
	}
	return Frozen{
		Form: 1, City: from.City, Quarter: at.Quarter, Year: at.Year, Level: at.Level, KnownAt: at.KnownAt, Printed: from.KnownAt, Deadline: at.Deadline,
		DatedOn: from.IssuedOn, Regime: at.Regime.ID, FollowsCity: at.FollowsCity, RegimeTOML: string(at.Regime.Source()), RegimeText: at.Regime.ClauseText(),
		Settings: from.Settings, Units: units, Submissions: counted(from),
	}, nil
}

// counted lists the submissions in force behind a dossier, by quarter and unit.
func counted(from export.Dossier) []Counted {
	var out []Counted
	seen := map[string]bool{}
	for _, rows := range [][]queries.SentRow{from.PreviousSent, from.Sent} {
		for _, s := range rows {
			if s.Submission != "" && !seen[s.Submission] {
				seen[s.Submission] = true
				out = append(out, Counted{ID: s.Submission, Unit: s.Unit.Code, Quarter: s.Quarter, Version: s.Version, File: s.File})
			}
		}
	}
	return out
}

// Frozen reads what an issued paper was made from.
func (d *Desk) Frozen(doc queries.Document) (Frozen, error) {
	var f Frozen
	return f, d.read(doc, doc.Data, &f)
}

// Tree reads an issued paper as the program made it, every figure with its source.
func (d *Desk) Tree(doc queries.Document) (*export.Official, error) {
	o := &export.Official{}
	return o, d.read(doc, doc.Tree, o)
}

func (d *Desk) read(doc queries.Document, sum string, into any) error {
	b, err := d.Bytes(doc, sum)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, into); err != nil {
		return fmt.Errorf("read what %s was made from: %w", doc.ID, err)
	}
	return nil
}

// Bytes returns a blob of an issued paper: doc.SHA256, doc.Generated, doc.Data or doc.Tree. It refuses bytes that are no
// longer those of the sum: a paper that was tampered with is not handed out.
func (d *Desk) Bytes(doc queries.Document, sum string) ([]byte, error) {
	blobs := d.deps.Store.Blobs()
	ok, err := blobs.Check(sum)
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, fmt.Sprintf("已发文件%s的存档不在数据目录中。", doc.ID), "请管理员运行校验，并从备份恢复。", err)
	}
	if !ok {
		return nil, fault.New(fault.Conflict, fmt.Sprintf("已发文件%s的存档与签发时不一致，文件已被改动或损坏，没有输出。", doc.ID), "请管理员运行校验，并从备份恢复。")
	}
	return blobs.Read(sum)
}

// Remake makes an issued paper again from what was frozen beside it and the facts as known then. Equal bytes prove that
// the paper followed from its data.
func (d *Desk) Remake(ctx context.Context, doc queries.Document) ([]byte, error) {
	f, err := d.Frozen(doc)
	if err != nil {
		return nil, err
	}
	r, err := regime.Parse(f.Regime+".toml", []byte(f.RegimeTOML), []byte(f.RegimeText))
	if err != nil {
		return nil, err
	}
	from, err := d.dossier(ctx, f.asOf(r), f.Settings)
	if err != nil {
		return nil, err
	}
	from.City, from.KnownAt, from.IssuedOn, from.Number = f.City, f.Printed, f.DatedOn, doc.Number
	o, err := d.makeOne(ctx, from, Order{Paper: doc.Paper, Unit: doc.Unit, Corrects: doc.Corrects, before: doc.Seq})
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = o.Write(&b)
	return b.Bytes(), err
}

// asOf is the frozen point of view under a regime.
func (f Frozen) asOf(r *regime.Regime) queries.AsOf {
	return queries.AsOf{Quarter: f.Quarter, Year: f.Year, KnownAt: f.KnownAt, Regime: r, FollowsCity: f.FollowsCity, Level: f.Level, Deadline: f.Deadline}
}

// rules are what is in force now for what was frozen: of the regime that was chosen, or of the one the city follows.
func (d *Desk) rules(ctx context.Context, f Frozen) (*regime.Regime, error) {
	id := f.Regime
	if f.FollowsCity {
		id = ""
	}
	return d.deps.Rules(ctx, id, f.Quarter, time.Time{})
}
