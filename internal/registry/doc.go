// Package registry knows the city's units: their codes, parents and submitters, the names by which they are
// called, and who took over from whom. Its steps:
//
//  1. ParseCSV reads units.csv; Load reads and builds at once, so that a fault names the line.
//  2. New checks the whole (one city, known parents, no circle) and prepares every form of every name.
//  3. Resolve maps a name as written to one unit and says how; what fits two units or none is refused, and
//     Candidates lists the nearest for the message.
//  4. Current follows renamed and merged units to whoever carries on.
//
// It never creates a unit and never guesses. A Registry is immutable and safe for concurrent use. It must not
// import store, ingest or queries: it is built from plain units.
package registry
