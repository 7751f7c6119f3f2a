package registry

import (
	"fmt"
	"slices"
	"strings"

	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
)

// Registry is a checked set of units.
type Registry struct {
	units    []record.Unit // by code
	index    map[record.UnitCode]int
	children map[record.UnitCode][]record.UnitCode
	city     int
	forms    map[string][]form
	names    [][]string // of each unit: name, full name and aliases, folded, to measure likeness by
}

// New checks the units and returns a registry of them. It returns fault.Invalid naming every unit at fault:
// a code twice, an unknown level, no city or two, an unknown parent or successor, a circle, a validity that
// ends before it begins, two valid units of one parent with the same name.
func New(units []record.Unit) (*Registry, error) {
	return build(units, func(i int) string { return fmt.Sprintf("单位「%s %s」", units[i].Code, units[i].Name) })
}

// build is New with the words that point at the i-th unit.
func build(units []record.Unit, where func(int) string) (*Registry, error) {
	if err := check(units, where); err != nil {
		return nil, err
	}
	r := &Registry{
		units:    slices.Clone(units),
		index:    make(map[record.UnitCode]int, len(units)),
		children: map[record.UnitCode][]record.UnitCode{},
		forms:    map[string][]form{},
	}
	slices.SortFunc(r.units, func(a, b record.Unit) int { return strings.Compare(string(a.Code), string(b.Code)) })
	for i, u := range r.units {
		r.index[u.Code] = i
		if u.Level == record.LevelCity {
			r.city = i
			continue
		}
		r.children[u.Parent] = append(r.children[u.Parent], u.Code)
	}
	for i := range r.units {
		r.enterForms(i)
		r.names = append(r.names, r.foldedNames(i))
	}
	return r, nil
}

// Unit returns the unit with the code.
func (r *Registry) Unit(code record.UnitCode) (record.Unit, bool) {
	i, ok := r.index[code]
	if !ok {
		return record.Unit{}, false
	}
	return r.units[i], true
}

// All returns every unit, ended ones too, by code.
func (r *Registry) All() []record.Unit { return slices.Clone(r.units) }

// Heir returns who carries on a unit's history on a day: the unit itself, or the successor it has ended in by then.
func (r *Registry) Heir(code record.UnitCode, on period.Date) record.UnitCode {
	for range 16 { // a circle is refused when units are registered
		u, ok := r.Unit(code)
		next, there := r.Unit(u.Successor)
		if !ok || !there || u.ValidTo.IsZero() || !u.ValidTo.Before(on) || next.ValidFrom.After(on) {
			break
		}
		code = next.Code
	}
	return code
}

// City returns the city.
func (r *Registry) City() record.Unit { return r.units[r.city] }

// At returns the units of exactly the level, ended ones too, by code.
func (r *Registry) At(level record.Level) []record.Unit {
	var out []record.Unit
	for _, u := range r.units {
		if u.Level == level {
			out = append(out, u)
		}
	}
	return out
}

// Children returns the units directly below, by code; none for an unknown code.
func (r *Registry) Children(code record.UnitCode) []record.Unit {
	out := make([]record.Unit, 0, len(r.children[code]))
	for _, c := range r.children[code] {
		out = append(out, r.units[r.index[c]])
	}
	return out
}

// Under returns the code itself and every code below it, sorted; nil for an unknown code.
func (r *Registry) Under(code record.UnitCode) []record.UnitCode {
	if _, ok := r.index[code]; !ok {
		return nil
	}
	out := []record.UnitCode{code}
	for i := 0; i < len(out); i++ {
		out = append(out, r.children[out[i]]...)
	}
	slices.Sort(out)
	return out
}

// IsUnder reports whether code is above or lies anywhere below it; an empty above is above everything. A unit
// still entered under a parent that has ended lies below that parent's successors too.
func (r *Registry) IsUnder(code, above record.UnitCode) bool {
	if above == "" {
		return true
	}
	for at := code; at != ""; {
		u, ok := r.Unit(at)
		if !ok {
			return false
		}
		if at == above || at != code && r.succeeds(above, u) {
			return true
		}
		at = u.Parent
	}
	return false
}

// succeeds reports whether code is among those that took over from u.
func (r *Registry) succeeds(code record.UnitCode, u record.Unit) bool {
	for u.Successor != "" {
		if u.Successor == code {
			return true
		}
		u = r.units[r.index[u.Successor]]
	}
	return false
}

// Submitter returns the unit that reports for code: itself, or its nearest submitting ancestor. It is not ok when
// there is none.
func (r *Registry) Submitter(code record.UnitCode) (record.Unit, bool) {
	for code != "" {
		u, ok := r.Unit(code)
		if !ok {
			return record.Unit{}, false
		}
		if u.Submitter {
			return u, true
		}
		code = u.Parent
	}
	return record.Unit{}, false
}

// FullName returns the name with the names of the units between it and the city before it: 「鹿塘县松坡镇」.
// An unknown code is returned as it is.
func (r *Registry) FullName(code record.UnitCode) string {
	u, ok := r.Unit(code)
	if !ok {
		return string(code)
	}
	name := u.Name
	for u.Parent != "" {
		if u, ok = r.Unit(u.Parent); !ok || u.Level == record.LevelCity {
			break
		}
		if !strings.HasPrefix(name, u.Name) {
			name = u.Name + name
		}
	}
	return name
}

// Current returns who carries on the duties of code on the day: the unit itself while it is valid, else the first
// of its successors that has not ended. The zero date asks for the last of the chain. It is not ok when the
// unit is unknown or has ended without a successor.
// 出处: 上海市政府与工会联席会议制度「由继续履行其职能的单位自然替补」.
func (r *Registry) Current(code record.UnitCode, on period.Date) (record.Unit, bool) {
	u, ok := r.Unit(code)
	for ok {
		ended := !u.ValidTo.IsZero() && (on.IsZero() || u.ValidTo.Before(on))
		if !ended {
			return u, true
		}
		if u.Successor == "" {
			return record.Unit{}, false
		}
		u, ok = r.Unit(u.Successor)
	}
	return record.Unit{}, false
}

// Predecessors returns the units whose successor is code, directly or through others, by code. Their history is
// code's history.
func (r *Registry) Predecessors(code record.UnitCode) []record.Unit {
	var out []record.Unit
	for _, u := range r.units {
		if r.succeeds(code, u) {
			out = append(out, u)
		}
	}
	return out
}

// refuse makes one fault of all that is wrong, five at most in words.
func refuse(problems []string) error {
	if len(problems) == 0 {
		return nil
	}
	const most = 5
	text := strings.Join(problems[:min(most, len(problems))], "；")
	if len(problems) > most {
		text += fmt.Sprintf("；等共 %d 处", len(problems))
	}
	return fault.New(fault.Invalid, "单位清单有误："+text+"。", "请按提示改正后重新导入。")
}
