// Package ingest turns a county's file into facts, or into sentences that say what is wrong with it.
//
//  1. Paths lists the files of what was named on the command line.
//  2. Ingester.File keeps the original's bytes (blob, then a journal line) before anything looks into them.
//  3. sniff tells what the bytes are, by content, never by the name; unzip gives the members of a zip of files.
//  4. Parser (a Pool of child processes, or InProcess) turns the file on disk into Grids under limits.
//  5. locate finds the tables of the form in the grids: which sheet, which header rows, which column is what.
//     several takes a file of several counties apart, one reading a county, where nobody named one unit for all of it.
//  6. readCover finds unit and quarter; recognise settles them against the file's name and what was chosen by hand.
//     Rows are then brought to one a fact: carry fills what is written once a group, halves parts a sheet of meetings
//     and items, splitItems a cell of several items, place finds the unit of a table that has no column for it.
//  7. readMeetings, readResolutions, readEstablishments turn rows into records, each value with its cell.
//  8. check judges across rows: the same key twice, near titles, agenda left blank.
//  9. checkStored judges against what was accepted before, under the writer's lock.
//  10. keep writes the reading as a blob and the decision as a journal line; the store applies it.
//
// A document of words goes the same way: its tables are grids, and where they hold the form's the file is a workbook like
// any other. A text without them (words.go) is kept as 文字材料 with the facts that extract reads in it and counts for
// nothing until an officer has checked them and keeps them as a version (report_keep.go, report_form.go). words_check sets
// words and figures of one meeting against each other, whichever came second.
//
// Mark (mark*.go) gives the county its own workbook back with the problems marked; openBook leaves the list of problems
// out when that copy is sent again. Blank writes the next quarter's form with all that is known; what words it wrote for
// dates it notes on the hidden sheet 字典 (carried.go).
//
// Form (form.go) is the workbook as data: reader and blank-form writer both use it. Problems are data, all of them
// are collected; their codes are listed once in problem.go. A file is accepted or rejected as a whole.
//
// It must not import queries or dashboard, nor guess: what cannot be read is asked back.
package ingest
