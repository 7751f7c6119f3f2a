// Package docx reads the text of .docx files and writes official papers as .docx.
//
// Reading (read*.go): open the package under limits, find its main part, walk the part's tokens and return the
// paragraphs a reader of the printed page would see, in their order: tables row by row, content controls, text
// boxes once, insertions kept and deletions left out; tables come as cells too. Nothing outside the main part is read (no footnotes, comments,
// headers), no entity is expanded and nothing is fetched.
//
// Writing (write*.go, style*.go): a Paper in, the same bytes for the same Paper out.
//
// It must import the standard library only.
package docx
