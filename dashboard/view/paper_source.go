package view

import (
	"fmt"
	"strings"

	"liandu/dashboard/export"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/setting"
	"liandu/queries"
)

// PaperSources finds where the figures of a paper come from: the page of the rows behind a number, the cell of an item,
// the clause of a quotation. Settings links are for who may open them.
type PaperSources struct {
	Address     Address
	Items       []queries.ResolutionRow
	Units       []record.Unit
	CanSettings bool
	Quarter     period.Quarter // of the paper

	items map[string]queries.ResolutionRow
	names map[string]string
}

// sourceOf is where the figures that are no indicator's come from, by the first word of their id.
var sourceOf = map[string]struct{ indicator, path, name string }{
	"status": {indicator: "annual_meeting_held", name: "会议召开情况"}, "newly_held": {indicator: "annual_meeting_held", name: "本季度新召开"},
	"chair": {indicator: "chaired_by_principal", name: "主持情况"}, "topics": {path: "/meetings", name: "议题数"},
	"extraordinary": {path: "/meetings", name: "临时联席会议"}, "items": {indicator: "resolution_completion", name: "议定事项数"},
	"newly_done": {indicator: "resolution_completion", name: "本季度办结"}, "taken_back": {indicator: "resolution_completion", name: "撤回办结"},
	"overdue": {indicator: "resolution_overdue", name: "逾期事项"}, "before": {indicator: "resolution_completion", name: "上季度末"},
	"yearago": {indicator: "annual_meeting_held", name: "上年同期"}, "falling": {path: "/resolutions", name: "将到期事项"},
	"dispatch": {indicator: "resolution_overdue", name: "调度事项"}, "praised": {path: "/unit", name: "单位名单"}, "units": {path: "/unit", name: "单位名单"},
	"list": {path: "/unit", name: "单位名单"}, "clause": {path: "/regimes", name: "制度条款"}, "regime": {path: "/regimes", name: "制度规则"},
	"known_at": {path: "/submissions", name: "采用的报送"}, "known_on": {path: "/submissions", name: "采用的报送"}, "late": {path: "/submissions", name: "补报的单位"},
	"corrected": {path: "/documents", name: "更正的文件"}, "deadline": {path: "/regimes", name: "召开期限"}, "submission_due": {path: "/regimes", name: "报送期限"}, "matter": {path: "/findings", name: "问题事实"},
}

// Of returns a figure's address, "" where there is none to open, and what it is.
func (p *PaperSources) Of(f export.Figure) (href, what string) {
	p.index()
	parts := strings.Split(f.ID, "/")
	switch parts[0] {
	case "as_of", "issued_on", "days_left", "issued":
		return "", map[string]string{"as_of": "截至日", "issued_on": "成文日期", "days_left": "剩余天数", "issued": "已发文件"}[parts[0]]
	case "setting":
		return p.setting(strings.Join(parts[1:], "/"))
	case "total", "unit":
		return p.figure(parts)
	case "item":
		return p.item(parts)
	case "finding":
		return p.finding(parts)
	case "level", "meeting", "sent":
		return p.ofUnit(parts)
	}
	if parts[0] == "before" && len(parts) > 1 {
		return p.moved(parts[1], "before")
	}
	if f.ID == "overdue/change" {
		return p.moved("resolution_overdue", "before")
	}
	s, ok := sourceOf[parts[0]]
	switch {
	case !ok:
		return "", ""
	case s.indicator != "":
		return p.Address.Explain(s.indicator, ""), s.name
	case parts[0] == "falling" && len(parts) > 1 && p.names[parts[1]] != "":
		return p.Address.Href(s.path, "unit", parts[1]), p.names[parts[1]] + s.name
	case parts[0] == "matter" && len(parts) > 1:
		return p.Address.Href(s.path, "unit", parts[1]), p.names[parts[1]] + s.name
	}
	return p.Address.Href(s.path), s.name
}

func (p *PaperSources) index() {
	if p.items != nil {
		return
	}
	p.items, p.names = map[string]queries.ResolutionRow{}, map[string]string{}
	for _, r := range p.Items {
		p.items[fmt.Sprintf("%s/%d/%s/%s", r.Unit, r.SessionYear, r.Kind, r.ItemKey)] = r
	}
	for _, u := range p.Units {
		p.names[string(u.Code)] = u.Name
	}
}

func (p *PaperSources) setting(key string) (href, what string) {
	if !p.CanSettings {
		return "", "设置：" + setting.Name(key)
	}
	return "/admin/settings#" + key, "设置：" + setting.Name(key)
}

// figure is total/<indicator>/… or unit/<code>/<indicator>/…, or another fact of a unit.
func (p *PaperSources) figure(parts []string) (href, what string) {
	code, rest, name := "", parts[1:], "合计"
	if parts[0] == "unit" && len(parts) > 2 {
		code, rest = parts[1], parts[2:]
		name = p.names[code]
	}
	if len(rest) == 0 {
		return "", ""
	}
	id := rest[0]
	if last := rest[len(rest)-1]; last == "before" || last == "year_ago" {
		return p.moved(id, last)
	}
	if state := id; code == "" && (state == "in_progress" || state == "not_started" || state == "ongoing" || state == "cancelled") {
		return p.Address.Href("/resolutions", "state", state), name + "议定事项"
	}
	if id == "annual_meeting" || id == "held_on" || strings.HasPrefix(id, "chair") {
		id = map[bool]string{true: "chaired_by_principal", false: "annual_meeting_held"}[strings.HasPrefix(id, "chair")]
	}
	if i, ok := queries.IndicatorOf(id); ok {
		return p.Address.Explain(i.ID, code), name + i.Name
	}
	switch {
	case id == "ongoing" || id == "cancelled" || strings.Contains(id, "resolution") || id == "items":
		return p.Address.Explain("resolution_completion", code), name + "议定事项"
	case code != "":
		return p.Address.Unit(code), name
	}
	return p.Address.Href("/unit"), name
}

// moved is the page that takes a figure's change apart: since the quarter before, or since a year ago.
func (p *PaperSources) moved(indicator, since string) (href, what string) {
	from, year, what := "", p.Address.Year, "比上季度末"
	if since == "year_ago" {
		what = "比上年同期"
		if p.Quarter != (period.Quarter{}) {
			from, year = p.Quarter.Add(-4).String(), ""
		}
	}
	return p.Address.Href("/move", "indicator", indicator, "from", from, "year", year), what
}

// item is item/<unit>/<year>/<kind>/<key>/<field>: the cell where the field stands.
func (p *PaperSources) item(parts []string) (href, what string) {
	field := parts[len(parts)-1]
	r, ok := p.items[strings.Join(parts[1:len(parts)-1], "/")]
	if !ok {
		if len(parts) > 1 && p.names[parts[1]] != "" {
			return p.Address.Href("/resolutions", "unit", parts[1]), p.names[parts[1]] + "议定事项"
		}
		return "", ""
	}
	cell := r.Source.Cells[field]
	if cell == "" {
		anchor := itemAnchor(r)
		return p.Address.Href("/resolutions#"+anchor, "unit", string(r.Unit), "open", anchor), r.UnitName + "「" + r.Title + "」"
	}
	return p.Address.Source(r.Submission, r.Source.Sheet, cell), fmt.Sprintf("%s %s!%s", r.File, r.Source.Sheet, cell)
}

// finding is finding/<quarter>-<unit>-<rule>/…, or finding/<rule>/sum.
func (p *PaperSources) finding(parts []string) (href, what string) {
	if len(parts) < 2 {
		return "", ""
	}
	bits := strings.SplitN(parts[1], "-", 3)
	if len(bits) == 3 {
		return p.Address.Href("/findings", "unit", bits[1], "rule", bits[2]), p.names[bits[1]] + "的问题"
	}
	return p.Address.Href("/findings", "rule", parts[1]), "问题清单"
}

// ofUnit is a fact of a unit that is no indicator's: its level's establishment, a meeting, or a report sent. Where no unit
// is named it is of all.
func (p *PaperSources) ofUnit(parts []string) (href, what string) {
	code, name := "", ""
	if len(parts) > 1 && p.names[parts[1]] != "" {
		code, name = parts[1], p.names[parts[1]]
	}
	switch parts[0] {
	case "meeting":
		return p.Address.Href("/meetings", "unit", code), name + "会议台账"
	case "sent":
		return p.Address.Explain("submission_on_time", code), name + "报送情况"
	}
	return p.Address.Explain("establishment", code), name + "建制情况"
}
