// Package docx reads the text of .docx files.
//
// Reading (read*.go): open the package under limits, find its main part, walk the part's tokens and return the
// paragraphs a reader of the printed page would see, in their order: tables row by row, content controls, text
// boxes once, insertions kept and deletions left out. Nothing outside the main part is read (no footnotes, comments,
// headers), no entity is expanded and nothing is fetched. It must import the standard library only.
package docx
