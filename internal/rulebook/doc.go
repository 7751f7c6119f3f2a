// Package rulebook says which rules are in force: the built-in regimes, and what the city has changed about them. Every
// change is a line of the journal with the day from which it holds, its reason and the document that decided it; a figure
// is judged by the rules in force on its as-of's last day as they were known at its known-at, so that it can be produced
// again to the digit.
//
// Steps: Load reads the lines into a Book, Book.At gives a regime by id as of a day and known at a moment, with the rules
// suspended then left out; Keeper holds the Book of the data as they stand and writes new lines, each checked under the
// writer's lock. What a rule counts is SQL in package queries; nothing is judged here.
package rulebook
