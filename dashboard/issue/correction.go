package issue

import (
	"context"
	"fmt"
	"slices"

	"liandu/dashboard/export"
	"liandu/internal/fault"
	"liandu/queries"
)

// CorrectionOf returns the point of view from which papers are corrected: the first one's, as things are now. Papers of
// other quarters, years, levels or regimes are corrected apart.
func (d *Desk) CorrectionOf(ctx context.Context, ids []string) (queries.AsOf, error) {
	var at queries.AsOf
	for i, id := range ids {
		doc, err := d.deps.Queries.Document(ctx, id, "")
		if err != nil {
			return at, err
		}
		if doc.Kind == export.PaperCorrection {
			return at, fault.New(fault.Invalid, fmt.Sprintf("「%s」本身是更正通知，不再更正。", doc.Number), "请对原来的文件另发一份更正。")
		}
		f, err := d.Frozen(doc)
		if err != nil {
			return at, err
		}
		if i > 0 && (f.Quarter != at.Quarter || f.Year != at.Year || f.Level != at.Level) {
			return at, fault.New(fault.Invalid, "所选文件的报告期、会议年度或层级不同，不能合在一份更正里。", "请分开起草。")
		}
		at.Quarter, at.Year, at.Level = f.Quarter, f.Year, f.Level
		if at.Regime == nil {
			if at.Regime, err = d.rules(ctx, f); err != nil {
				return at, err
			}
			at.FollowsCity = f.FollowsCity
		}
	}
	return at, nil
}

// Correction makes 更正通知 of issued papers from a dossier of the same point of view (CorrectionOf).
func (d *Desk) Correction(ctx context.Context, from export.Dossier, ids []string) (*export.Official, error) {
	return d.correction(ctx, from, ids, 0)
}

// correction makes 更正通知 of issued papers from a dossier of the same point of view. before leaves out what was issued
// later than a line, so that a 更正 can be made again; 0 leaves nothing out.
func (d *Desk) correction(ctx context.Context, from export.Dossier, ids []string, before int64) (*export.Official, error) {
	docs, err := d.deps.Queries.Documents(ctx, queries.DocumentFilter{})
	if err != nil {
		return nil, err
	}
	if before > 0 {
		docs = slices.DeleteFunc(docs, func(x queries.Document) bool { return x.Seq >= before })
	}
	r := newRecount(d, docs)
	var all []export.Reissue
	for _, id := range ids {
		i := slices.IndexFunc(docs, func(x queries.Document) bool { return x.ID == id })
		if i < 0 {
			return nil, fault.New(fault.NotFound, fmt.Sprintf("没有编号为「%s」的已发文件。", id), "请从「通报与督导函」页选择。")
		}
		was, frozen, since, _, err := r.standing(ctx, docs[i])
		if err != nil {
			return nil, err
		}
		if was == nil {
			continue // stopped already
		}
		is, _, err := r.again(ctx, docs[i], frozen, from, from.Settings)
		if err != nil {
			return nil, err
		}
		if len(all) == 0 {
			from = named(from, frozen.Units)
		}
		all = append(all, export.Reissue{Was: was, Is: is, KnownAt: since.KnownAt})
	}
	return from.Correction(all...)
}
