package export

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"liandu/internal/docx"
	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/queries"
)

// Reissue is one issued paper beside what the data gives now. Is is nil where the paper would no longer be made: what
// set it off is gone. KnownAt is the moment the issued paper was made from.
type Reissue struct {
	Was, Is *Official
	KnownAt time.Time
}

// Correction makes 更正通知 of issued papers: every sentence and cell that stands otherwise now, the issued words beside the
// new ones, and nothing of what has not changed. The dossier is the data now, dated the day of the correction. It refuses
// with fault.Invalid where nothing has changed. An issued paper is never altered (papers/correction.md).
func (d Dossier) Correction(all ...Reissue) (*Official, error) {
	k, err := newDesk(d, "更正通知")
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, fault.New(fault.Usage, k.kind+"没有生成：没有指明要更正的文件。", "请选择一份已发文件。")
	}
	c := &correction{desk: k, all: all}
	items := c.items()
	if len(items) == 0 {
		return nil, fault.New(fault.Invalid, k.kind+"没有生成：所选文件与现有数据一致，没有需要更正的内容。", "请核对所选的文件。")
	}
	office := k.need("office.name")
	number := k.number("correction.number")
	title := titleLines(c.title(office.Text)...)
	o := &Official{Paper: PaperCorrection, Kind: k.kind, Number: number.Text, Issuer: office.Text, IssuedOn: k.IssuedOn, To: c.to(), Title: strings.Join(title, ""), Doubts: c.doubts}
	blocks := append(redHead(office, false, number, title, o.To), bodyLine(c.because()))
	blocks = append(blocks, items...)
	blocks = append(blocks, bodyLine("其他内容不变。"))
	end := append(attachmentNote(c.attached), signature(office, k.issuedSpan())...)
	o.Pages = []OfficialPage{{Blocks: together(blocks, end)}}
	for i, a := range c.attached {
		o.Pages = append(o.Pages, a.page(i+1, len(c.attached)))
	}
	o.Pages = append(o.Pages, OfficialPage{Blocks: []OfficialBlock{k.imprint("notice.copy")}})
	return o, k.finish(o, false)
}

// correction is a desk with the papers corrected.
type correction struct {
	*desk
	all      []Reissue
	attached []attachment
	doubts   []string
	said     int // quotations so far
}

// cite is 《标题》（文号） of an issued paper.
func (c *correction) cite(o *Official, id string) Span {
	text := "《" + strings.NewReplacer("《", "〈", "》", "〉").Replace(o.Title) + "》"
	if o.Number != "" {
		text += "（" + o.Number + "）"
	}
	return fact("issued/"+id, text)
}

// title names the first paper corrected, without the office that issued it.
func (c *correction) title(office string) []string {
	subject := strings.TrimPrefix(strings.TrimPrefix(c.all[0].Was.Title, office), c.all[0].Was.Issuer)
	subject = strings.TrimPrefix(subject, "关于")
	for _, kind := range []string{"通报", "提醒函", "函", "通知"} {
		if s, ok := strings.CutSuffix(subject, "的"+kind); ok {
			subject = s + kind
			break
		}
	}
	pieces := []string{office, "关于更正"}
	at := strings.Index(subject, "联席会议")
	if at > 0 {
		pieces = append(pieces, subject[:at], subject[at:])
	} else {
		pieces = append(pieces, subject)
	}
	if len(c.all) > 1 {
		return append(pieces, "等文件", "有关内容的", "通知")
	}
	return append(pieces, "有关内容的", "通知")
}

// to is whom the corrected paper went to; several papers to several units go to all of them.
func (c *correction) to() string {
	for _, r := range c.all {
		if r.Was.Unit == "" && r.Was.To != "" {
			return r.Was.To
		}
	}
	first := c.all[0].Was.To
	for _, r := range c.all {
		if r.Was.To != first {
			if c.asOf.Level != record.LevelCounty {
				return "各有关" + c.word + "工会"
			}
			return "各有关" + c.word + "总工会"
		}
	}
	return first
}

// because tells which reports came after the paper; where none did, that the figures were gone over again.
func (c *correction) because() []Span {
	out := c.cite(c.all[0].Was, "1")
	head := spans(out, "印发后，")
	if len(c.all) > 1 {
		head = spans(out, "等", number("corrected", int64(len(c.all))), "份文件印发后，")
	}
	since := c.all[0].KnownAt
	var late []queries.SentRow
	for _, s := range c.Sent {
		if s.Version > 0 && s.LastReceivedAt.After(since) && !since.IsZero() {
			late = append(late, s)
		}
	}
	if len(late) <= 3 {
		if cited := c.deadlineMoved(); cited != nil {
			tail := spans("。经核实，现将有关内容更正如下。")
			if len(late) > 0 {
				tail = spans("，", c.reported(late), tail)
			}
			return spans(head, cited, tail)
		}
	}
	switch {
	case len(late) == 0:
		return spans(head, "经复核，有关数据有变动。现将有关内容更正如下。")
	case len(late) > 3:
		units := map[record.UnitCode]bool{}
		for _, s := range late {
			units[s.Unit.Code] = true
		}
		return spans(head, number("late/units", int64(len(units))), "个单位补报或者重新报送了报表。经核实，现将有关内容更正如下。")
	}
	return spans(head, c.reported(late), "。经核实，现将有关内容更正如下。")
}

// reported tells who sent which report again, or for the first time.
func (c *correction) reported(late []queries.SentRow) []Span {
	var out []Span
	for i, s := range late {
		if i > 0 {
			out = append(out, Span{Text: "，"})
		}
		verb := "重新报送了"
		if s.Version == 1 {
			verb = "补报了"
		}
		id := fmt.Sprintf("sent/%s/%s", s.Unit.Code, s.Quarter)
		out = append(out, spans(unitName(s.Unit), "于", date(id+"/last_received_on", period.DateOf(s.LastReceivedAt.In(period.Shanghai))), verb, s.Quarter.Chinese(), "报表")...)
	}
	return out
}

// deadlineMoved says that the meeting's deadline is another than the one the paper was made with; nil where it is not, or
// where the paper names none.
func (c *correction) deadlineMoved() []Span {
	id := c.deadlineSpan().Figure.ID
	was := ""
	if c.all[0].Is == nil {
		return nil
	}
	c.all[0].Was.each(func(s Span) {
		if s.Figure != nil && s.Figure.ID == id {
			was = s.Text
		}
	})
	if now := c.deadlineSpan(); was != "" && was != now.Text {
		return spans(c.year(), "会议召开期限由"+was+"更正为", now)
	}
	return nil
}

// items are the corrections, numbered; several papers have a heading each.
func (c *correction) items() []OfficialBlock {
	var out []OfficialBlock
	n := 0
	for i, r := range c.all {
		var list [][]Span
		if r.Is == nil {
			list = [][]Span{spans("停止执行，不再要求回复；已回复的予以留存。")}
		} else {
			list = c.changesOf(r)
		}
		if len(list) == 0 {
			continue
		}
		n++
		cited := c.cite(r.Was, fmt.Sprint(i+1))
		switch {
		case r.Is == nil && len(c.all) > 1:
			out = append(out, bodyLine(ordinal(n), "、", cited, list[0]))
		case r.Is == nil:
			out = append(out, bodyLine(cited, list[0]))
		case len(c.all) > 1:
			out = append(out, bodyLine(ordinal(n), "、", cited))
			for j, one := range list {
				head := ""
				if len(list) > 1 {
					head = "（" + ordinal(j+1) + "）"
				}
				out = append(out, bodyLine(head, one))
			}
		default:
			for j, one := range list {
				head := ""
				if len(list) > 1 {
					head = ordinal(j+1) + "、"
				}
				out = append(out, bodyLine(head, one))
			}
		}
	}
	return out
}

// changesOf lists the changes of one paper: the text part by part, then each table.
func (c *correction) changesOf(r Reissue) [][]Span {
	was, is := partsOf(r.Was), partsOf(r.Is)
	out := c.textChanges(was, is)
	changed, all := len(out), 0
	for _, p := range was {
		all += len(p.sentences)
	}
	if changed*3 > all {
		c.doubts = append(c.doubts, fmt.Sprintf("《%s》的变动超过正文三分之一，建议重新印发，原件废止。", r.Was.Title))
	}
	tables := tablesOf(r.Is)
	for _, t := range tablesOf(r.Was) {
		i := slices.IndexFunc(tables, func(o namedTable) bool { return o.title == t.title })
		if i < 0 {
			out = append(out, spans("删去", t.mark, "《"+t.title+"》。"))
			continue
		}
		rows, added := c.rowChanges(t, tables[i])
		notes := c.textChanges(notesOf(t), notesOf(tables[i]))
		if len(rows) == 0 {
			out = append(out, notes...)
			continue
		}
		text := spans(t.mark, "：")
		const mostRows = 6
		if len(rows) > mostRows {
			text = spans(t.mark, "《"+t.title+"》有", number("changed/"+t.mark, int64(len(rows))), "行变动，以本通知所附为准。")
		} else {
			for j, row := range rows {
				if j > 0 {
					text = append(text, Span{Text: "；"})
				}
				text = append(text, row...)
			}
			text = append(text, Span{Text: "。"})
		}
		out = append(append(out, text), notes...)
		if len(rows) > mostRows || added || strings.Contains(t.title, "得分和位次") {
			c.attached = append(c.attached, attachment{name: "更正后的" + t.title, landscape: tables[i].page.Landscape, blocks: tables[i].body})
		}
	}
	return out
}

// quote is a text as it was or is now, inside quotation marks.
func (c *correction) quote(text string) Span {
	c.said++
	return quotation(fmt.Sprintf("correction/%d", c.said), text)
}

// namedTable is a page with a table, by its title.
type namedTable struct {
	mark, title string
	page        OfficialPage
	body        []OfficialBlock
	grids       []Grid
}

func tablesOf(o *Official) []namedTable {
	var out []namedTable
	for _, p := range o.Pages {
		t := namedTable{mark: "附件", page: p}
		for i, b := range p.Blocks {
			switch v := b.(type) {
			case Line:
				switch v.Style {
				case docx.AttachmentMark:
					t.mark = plainText(v.Spans)
				case docx.TableTitle:
					t.title, t.body = plainText(v.Spans), p.Blocks[i+1:]
				}
			case Grid:
				t.grids = append(t.grids, v)
			}
		}
		if t.title != "" && len(t.grids) > 0 {
			out = append(out, t)
		}
	}
	return out
}
