package xls

// Content is what a compound file holds, told by the streams directly under its root.
type Content uint8

// The contents that are told apart. A document that embeds a workbook is no workbook: its streams lie deeper.
const (
	ContentOther Content = iota
	ContentWorkbook
	ContentEncrypted    // an Office package under a password
	ContentWord         // .doc, and the .wps of WPS Writer, which is the same format
	ContentPresentation // .ppt, .dps
	ContentDamaged      // a compound file that breaks off before its streams are known
)

// ContentOf looks at the directory of a compound file and reads no stream.
func ContentOf(file []byte) Content {
	c, err := openContainer(file)
	if err != nil {
		return ContentDamaged
	}
	streams := c.rootStreams()
	has := func(name string) bool { _, ok := streams[name]; return ok }
	switch {
	case has("encryptedpackage"):
		return ContentEncrypted
	case has("workbook"), has("book"):
		return ContentWorkbook
	case has("worddocument"), has("matost"):
		return ContentWord
	case has("powerpoint document"), has("pp97_dualstorage"):
		return ContentPresentation
	case !c.whole:
		return ContentDamaged
	}
	return ContentOther
}
