package store

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"

	"liandu/internal/journal"
)

// regimeRows gives the rows of a change of the city's rules. The texts themselves stand in the table, so that reading
// the rules in force needs no file.
func regimeRows(l journal.Line, readBlob func(string) ([]byte, error)) ([]tableRows, error) {
	switch l.Action {
	case ActionRegimeChanged:
		return regimeChangeRows(l, readBlob)
	case ActionRegimeAdopted:
		var p RegimeAdopted
		if err := json.Unmarshal(l.Data, &p); err != nil {
			return nil, err
		}
		row := []driver.Value{l.Seq, l.At, p.Regime, date(p.From), p.Reason, p.Document, l.Actor}
		return []tableRows{{"regime_adoption", [][]driver.Value{row}}}, nil
	case ActionRuleSuspended:
		var p RuleSuspended
		if err := json.Unmarshal(l.Data, &p); err != nil {
			return nil, err
		}
		row := []driver.Value{l.Seq, l.At, p.Regime, p.Rule, date(p.From), date(p.Until), false, p.Reason, p.Document, l.Actor}
		return []tableRows{{"rule_suspension", [][]driver.Value{row}}}, nil
	}
	var p RuleResumed
	if err := json.Unmarshal(l.Data, &p); err != nil {
		return nil, err
	}
	row := []driver.Value{l.Seq, l.At, p.Regime, p.Rule, date(p.From), nil, true, p.Reason, p.Document, l.Actor}
	return []tableRows{{"rule_suspension", [][]driver.Value{row}}}, nil
}

func regimeChangeRows(l journal.Line, readBlob func(string) ([]byte, error)) ([]tableRows, error) {
	var p RegimeChanged
	if err := json.Unmarshal(l.Data, &p); err != nil {
		return nil, err
	}
	toml, err := readBlob(p.TOML)
	if err != nil {
		return nil, fmt.Errorf("file of regime %s: %w", p.Regime, err)
	}
	var words []byte
	if p.Words != "" {
		if words, err = readBlob(p.Words); err != nil {
			return nil, fmt.Errorf("words of regime %s: %w", p.Regime, err)
		}
	}
	var at driver.Value = l.At
	if p.Base {
		at = nil
	}
	var reverts driver.Value
	if p.Reverts != 0 {
		reverts = p.Reverts
	}
	row := []driver.Value{l.Seq, at, p.Regime, string(toml), string(words), date(p.From), p.Reason, p.Document, reverts, l.Actor}
	return []tableRows{{"regime_change", [][]driver.Value{row}}}, nil
}
