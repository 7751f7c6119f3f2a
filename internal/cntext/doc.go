// Package cntext reads Chinese text as counties write it: characters, dates in figures and in words, quarters,
// counts, percentages, ticks, and official titles. Its steps are always the same:
//
//  1. Fold brings the characters to one form (half-width, no invisible characters); the original is kept by
//     the caller, never changed here.
//  2. One reader (Date, Quarter, Count, Percent, Tick, ChairRank …) accepts the forms it documents and says
//     how it understood them; everything else is ok == false. A damaged value (「2025219」) is refused, not
//     repaired.
//  3. The caller turns a refusal into a problem with sheet, cell and remedy.
//
// It knows no units, no files and no clock; a year that the text leaves out must be handed in. It must not
// import anything of ours but period and record.
package cntext
