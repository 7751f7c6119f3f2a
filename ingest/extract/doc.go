// Package extract reads one meeting record from text in words: minutes, a written report, a news text.
//
// Its steps, a file each: prepare (a copy brought to one form, with a map back to the text as given), sentence (lines
// and sentences, page tails left out), mention (where a joint conference is named, and how), kind (was one held, and
// which of several is meant), date, chair (person, and who was there), topic, resolution, report_back. Each fact comes
// with the words it rests on, as a range of runes in the text as given; each decision that a person should look at
// becomes a doubt. Compare sets the facts against those of a workbook.
//
// Nothing is guessed: what the text does not say is null. The package touches no database and no clock, opens no
// file, and takes bounded time on any text.
package extract
