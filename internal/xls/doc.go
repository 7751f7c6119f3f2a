// Package xls reads the binary workbooks (.xls, and the .et of WPS) that counties still send. It is our own reader
// because the Go libraries for them return wrong numbers without an error, or end the process.
//
// Steps of Open:
//  1. take the workbook stream out of the compound file ([MS-CFB]), or take the bytes as they are when they already
//     begin with a BOF record (container.go)
//  2. walk the records of the stream, each a 16-bit number, a 16-bit length and data ([MS-XLS] 2.1.4; record.go)
//  3. read what the whole workbook shares: BoundSheet8 0x85, Font 0x31, Format 0x41E, XF 0xE0, SST 0xFC, CodePage
//     0x42, Date1904 0x22, FilePass 0x2F (globals.go, sst.go)
//  4. read the cells of each sheet from its own BOF to its EOF: RK 0x27E, MulRk 0xBD, Number 0x203, LabelSst 0xFD,
//     Label 0x204, RString 0xD6, BoolErr 0x205, Formula 0x06 with String 0x207; and MergeCells 0xE5, Row 0x208,
//     ColInfo 0x7D (sheet.go, cell.go)
//
// It reads BIFF8 (Excel 97–2003, WPS), BIFF5/7 (Excel 5 and 95; byte strings under a code page) and the single streams
// of BIFF2, 3 and 4 that old programs still export (early.go). A formula gives the value kept with it; nothing is
// calculated. Chart, macro and module sheets are named and have no cells. A workbook of which only the structure is
// protected is encrypted with a password that Excel supplies itself; so is it here (decrypt.go), and any other password
// is ErrEncrypted.
//
// The file is a stranger's. Every length is checked against the bytes that are there, nothing is allocated on the
// word of the file alone, each byte is visited a bounded number of times, and Limits end what is merely too large. A
// stream that stops early is ErrDamaged and never a shorter workbook: a sheet counts only when its EOF was seen.
//
// The container is read here and not by a library because the one at hand keeps every entry's whole path: one megabyte
// of nested folders made it take 530 MB, two and a half 3.1 GB.
//
// Errors are English and for the log; package ingest says them in Chinese. The package imports nothing of ours.
package xls
