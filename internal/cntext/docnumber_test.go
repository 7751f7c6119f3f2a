package cntext

import "testing"

func TestDocumentNumber(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"联席纪要〔2024〕3号", "联席纪要[2024]3号", "联席纪要（2024）3号", "联席纪要【2024】3号", "联席纪要﹝2024﹞3号", "联席纪要［２０２４］ 3 号", "联席纪要《2024》3号",
	} {
		if got, want := DocumentNumber(text), "联席纪要〔2024〕3号"; got != want {
			t.Errorf("DocumentNumber(%q) = %q, want %q", text, got, want)
		}
	}
	for _, text := range []string{"", "第3号", "纪要(三)"} {
		if got := DocumentNumber(text); got != text {
			t.Errorf("DocumentNumber(%q) = %q, want it unchanged", text, got)
		}
	}
}
