// Package regime holds the cities' rules as data: one TOML file a policy document, five built in and open to a
// user's own. A regime picks kinds of rule and gives their parameters, severity and clause: document, number and
// the document's own words. What a rule counts is SQL in package queries; nothing is judged here.
//
// Steps: Load reads the built-in profiles and a folder's *.toml (strictly: a key nobody reads is refused),
// Check collects what is wrong with one regime as data, Diff lists in what two regimes differ.
//
// A user's file <id>.toml has its document's text beside it in <id>.txt; every quoted clause must stand in it.
package regime
