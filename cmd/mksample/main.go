// Command mksample writes the sample data: an invented city's registry, its counties' workbooks of eight
// quarters as the counties themselves would make them, and the order in which they arrived.
//
//  1. story/*.csv is the truth: units, meetings, items with the days on which things happened, and what was
//     sent otherwise than usual (readStory).
//  2. For each unit and quarter the truth is cut at the quarter's last day: what the county could know (newReport).
//  3. What a sending changes on purpose is applied: a false claim, a fault, a correction (applyEdits).
//  4. The report is laid out in the county's own habit (writeWorkbook, writeCSV).
//
// The same story gives the same bytes: no clock, no random source, fixed document properties.
// sample-data/README.md tells the stories by unit and quarter.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	dir := flag.String("o", "sample-data", "the folder to write; what an earlier run wrote there is replaced")
	flag.Parse()
	n, err := generate(*dir)
	if err != nil {
		fmt.Fprintln(os.Stderr, "mksample:", err)
		os.Exit(1)
	}
	fmt.Printf("%s: %d files\n", *dir, n)
}
