// Package xlsx writes workbooks through a small door: tables of typed cells go in, a printable workbook comes out.
// What a caller cannot do is as much the point: no cell is ever a formula, whatever its text begins with; nothing is
// taken from the clock or the machine, so the same book is the same bytes; a rate without a denominator is 「—」.
//
// Steps: Book.Write lays each Table out (head, widths, row heights, print area), streams it, draws its charts, and
// packs the parts in a fixed order. CSV writes the same Table as text.
//
// Reading strangers' workbooks is not done here; package ingest does it under limits.
package xlsx
