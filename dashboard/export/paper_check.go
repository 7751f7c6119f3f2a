package export

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"liandu/internal/docx"
	"liandu/internal/fault"
	"liandu/internal/period"
)

// finish holds a finished paper against itself and refuses it where anything is missing or two values stand for one
// source. What is refused is never written.
func (k *desk) finish(o *Official, toGovernment bool) error {
	if err := k.complete(); err != nil {
		return err
	}
	for _, step := range []func(*Official) error{k.oneValue, k.datesInOrder, k.datesInThePast, k.clausesInText, k.attachmentsNamed, k.listsOnce} {
		if err := step(o); err != nil {
			return err
		}
	}
	k.doubtNumber(o)
	o.Missing, o.ReplyDue = k.gaps, k.reply
	return k.ownWords(o, toGovernment)
}

// doubtNumber: a document number bears the year of the paper's date (R41). The number is a person's to give, so a wrong
// year is said and not refused.
func (k *desk) doubtNumber(o *Official) {
	_, rest, _ := strings.Cut(o.Number, "〔")
	year, _, ok := strings.Cut(rest, "〕")
	if ok && !strings.Contains(o.Number, "〔待填") && year != strconv.Itoa(k.IssuedOn.Year()) {
		o.Doubts = append(o.Doubts, fmt.Sprintf("文号「%s」的年份与成文日期%s不一致，请核对。", o.Number, k.IssuedOn.Chinese()))
	}
}

// oneValue: every source has one value in the whole paper (R2).
func (k *desk) oneValue(o *Official) error {
	type place struct {
		value string
		page  int
	}
	seen := map[string]place{}
	var err error
	for i, p := range o.Pages {
		for _, b := range p.Blocks {
			b.each(func(s Span) {
				if s.Figure == nil || err != nil {
					return
				}
				was, ok := seen[s.Figure.ID]
				if ok && was.value != s.Figure.Value {
					err = fault.New(fault.Conflict, fmt.Sprintf("%s没有生成：同一数据（%s）在第%d部分为「%s」，在第%d部分为「%s」，前后不一致。",
						k.kind, s.Figure.ID, was.page, was.value, i+1, s.Figure.Value), "请运行 liandu verify 核对数据，再重新生成。")
				}
				if !ok {
					seen[s.Figure.ID] = place{s.Figure.Value, i + 1}
				}
			})
		}
	}
	return err
}

// datesInOrder: 截至日 ≤ 知悉时点 ≤ 成文日期 (check 26).
func (k *desk) datesInOrder(*Official) error {
	if k.IssuedOn.Before(k.on) {
		return fault.New(fault.Invalid, fmt.Sprintf("%s没有生成：成文日期%s早于截至日%s。", k.kind, k.IssuedOn.Chinese(), k.on.Chinese()), "请用 --date 写明签发日期，或换一个已经结束的季度。")
	}
	if at := k.asOf.KnownAt; !at.IsZero() && !k.Recount && period.DateOf(at.In(period.Shanghai)).After(k.IssuedOn) {
		return fault.New(fault.Invalid, fmt.Sprintf("%s没有生成：数据采用%s接收的版本，晚于成文日期%s。", k.kind, period.DateOf(at.In(period.Shanghai)).Chinese(), k.IssuedOn.Chinese()),
			"请同时用 --known-at 写明成文时所知的时刻，如 --known-at "+k.IssuedOn.String()+"。")
	}
	return nil
}

// clausesInText: a quotation of the regime stands in the document word for word (check 25).
func (k *desk) clausesInText(o *Official) error {
	text := squeeze(k.asOf.Regime.ClauseText())
	if text == "" {
		return nil
	}
	var err error
	for _, p := range o.Pages {
		for _, b := range p.Blocks {
			b.each(func(s Span) {
				if s.Figure == nil || !strings.HasPrefix(s.Figure.ID, "clause/") || err != nil {
					return
				}
				rest := text
				for _, part := range strings.Split(s.Figure.Value, "……") {
					at := strings.Index(rest, squeeze(part))
					if at < 0 {
						err = fault.New(fault.Conflict, fmt.Sprintf("%s没有生成：引文「%s」与制度原文不一致。", k.kind, s.Figure.Value), "请运行 liandu regime check 核对条款。")
						return
					}
					rest = rest[at:]
				}
			})
		}
	}
	return err
}

func squeeze(s string) string {
	s = strings.NewReplacer("‘", "“", "’", "”", ",", "，", ";", "；", "(", "（", ")", "）").Replace(s)
	return strings.Join(strings.Fields(s), "")
}

// Words that a generated paper must not use: judgements without a number (R33, R34), and in a letter to a government the
// words of command (R36). They bind our own words; a quotation, a name or a title is as it is.
var (
	neverWords = []string{
		"截止", "显著", "明显", "较好", "扎实", "高度", "普遍", "大幅", "个别", "部分", "多数", "基本", "全面", "重视不够", "推诿", "敷衍", "拒不", "责令", "严令", "××", "{", "}", "（）", "“”",
	}
	notToGovernment = []string{
		"限期整改", "务必", "必须", "不得", "严肃", "问责", "追责", "批评", "点名", "整改不力", "违反", "违规", "下发", "你区", "你县", "你市", "红色", "得分", "位次",
	}
)

// partOfPaper is 第三部分, which counts nobody.
var partOfPaper = regexp.MustCompile(`第[一二三四五六七八九十]+部分`)

func (k *desk) ownWords(o *Official, toGovernment bool) error {
	words := neverWords
	if toGovernment {
		words = append(slices.Clone(neverWords), notToGovernment...)
	}
	var err error
	for _, p := range o.Pages {
		for _, b := range p.Blocks {
			var text strings.Builder
			b.each(func(s Span) {
				switch {
				case s.Figure != nil:
					text.WriteString("□")
				case s.Look != docx.Blank:
					text.WriteString(s.Text)
				}
			})
			said := partOfPaper.ReplaceAllString(text.String(), "")
			for _, w := range words {
				if err == nil && strings.Contains(said, w) {
					err = fmt.Errorf("%s uses the word %q in %q", k.kind, w, said)
				}
			}
		}
	}
	return err
}
