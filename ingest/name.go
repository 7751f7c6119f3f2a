package ingest

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"liandu/internal/cntext"
	"liandu/internal/fault"
	"liandu/internal/journal"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/registry"
	"liandu/internal/store"
)

// UnknownName is a name in a file that no unit is registered under, where it stands, and which units it may mean, the
// best first. Submitter is true for 填报单位.
type UnknownName struct {
	Written    string
	Submitter  bool
	Places     []record.Problem
	Candidates []registry.Candidate
}

// UnknownNames lists the names of a file that are registered for no unit by now, each once, in the file's order.
func (in *Ingester) UnknownNames(unit record.UnitCode, problems []record.Problem) []UnknownName {
	units := in.Registry()
	at := map[string]int{}
	var out []UnknownName
	for _, p := range problems {
		written := plainName(p.Value)
		if p.Code != string(UnitUnknown) || cntext.Name(written) == "" {
			continue
		}
		if _, ok := units.Resolve(written, unit, period.Date{}); ok {
			continue
		}
		key := cntext.Name(written)
		i, seen := at[key]
		if !seen {
			i = len(out)
			at[key] = i
			out = append(out, UnknownName{Written: written, Candidates: units.Candidates(written, unit)})
		}
		out[i].Submitter = out[i].Submitter || strings.Contains(p.Message, "「填报单位」")
		out[i].Places = append(out[i].Places, p)
	}
	return out
}

// plainName is a name as written, without the place for the stamp behind it.
func plainName(s string) string {
	return cntext.Squeeze(seal.ReplaceAllString(s, ""))
}

// Name is a person's decision that a name as written means a unit.
type Name struct {
	Written string
	Unit    record.UnitCode
}

// NameUnits adds names as aliases to the units a person chose, from now on and for every file. It returns fault.Invalid
// where the unit is not registered or has ended, or where the name would then mean two units.
func (in *Ingester) NameUnits(ctx context.Context, names []Name, actor string) error {
	_, err := in.Store.Update(ctx, func(context.Context, *sql.DB, int64) ([]journal.Entry, error) {
		all := in.Registry().All()
		changed := map[record.UnitCode]bool{}
		for _, n := range names {
			i := slices.IndexFunc(all, func(u record.Unit) bool { return u.Code == n.Unit })
			if i < 0 || !all[i].ValidTo.IsZero() {
				return nil, fault.New(fault.Invalid, fmt.Sprintf("为「%s」选的单位没有登记或已停用，没有保存。", n.Written), "请重新选择单位。")
			}
			all[i].Aliases = append(slices.Clone(all[i].Aliases), plainName(n.Written))
			changed[n.Unit] = true
		}
		r, err := registry.New(all)
		if err != nil {
			return nil, err
		}
		for _, n := range names {
			if m, ok := r.Resolve(n.Written, n.Unit, period.Date{}); !ok || m.Unit.Code != n.Unit {
				return nil, fault.New(fault.Invalid, fmt.Sprintf("「%s」还可能指其他单位，没有保存。", n.Written), "请由填报单位改用登记的全称。")
			}
		}
		var units []record.Unit
		for _, u := range all {
			if changed[u.Code] {
				units = append(units, u)
			}
		}
		if len(units) == 0 {
			return nil, nil
		}
		return []journal.Entry{{At: in.Now(), Actor: actor, Action: store.ActionUnitsImported, Subject: string(units[0].Code), Data: store.UnitsImported{Units: units}}}, nil
	})
	if err != nil {
		return fmt.Errorf("name units: %w", err)
	}
	return nil
}
