// Package extract reads one meeting record from text in words: minutes, a written report, a news text.
//
// Its steps, each in a file of its name: prepare (a copy brought to one form, with a map back to the text as given),
// sentence (lines and sentences, page tails left out), mention (where a joint conference is named, and how), event and
// kind (was one held, and which of several is meant), unit, session, date, chair (person) and attendance, topic
// (topic_list), resolution (resolution_table for attached lists), report_back, said (numbers the text says without
// naming). Each fact comes with the words it rests on, as a range of runes in the text as given; what a person should
// look at becomes a doubt. Against sets the facts beside those of a workbook (表文互证).
//
// Nothing is guessed: what the text does not say is null. The package touches no database and no clock, opens no file,
// and takes bounded time on any text.
package extract
