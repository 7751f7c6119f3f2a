package view

import (
	"fmt"
	"slices"
	"strings"

	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/queries"
)

func place(rank *int) string {
	if rank == nil {
		return Nil
	}
	return itoa(*rank)
}

// UnitInput is what the page of one unit is made from. Now and History are of the unit's own level.
type UnitInput struct {
	Address  Address
	Unit     record.Unit
	Now      *queries.Metrics
	History  []*queries.Metrics
	Findings []queries.Finding
	Items    []queries.ResolutionRow
	Meetings []queries.MeetingRow
	Sent     []queries.SentRow
	Units    []record.Unit
	Outcomes []queries.Outcome // the unit's matters, with what became of them
	// Documents are the papers issued to the unit, the latest first.
	Documents []queries.Document
	Today     period.Date
	CanOpen   bool
}

// Unit is the page of one unit.
type Unit struct {
	Name, Code, Sends string
	Light             Light
	Score, Standing   string
	Bad               bool
	Previous, Next    *Phrase
	Meeting           string
	Loop              Loop
	Findings          []FindingView
	FindingCount      string
	Document          string
	ScoreSheet        ScoreSheet
	ScoreMoveHref     string
	Meetings          History
	Trend             ScoreTrend
	Items             []ItemRow
	ItemNote          string
	ItemsHref         string
	Export            string
	Others            []OtherIndicator
	Sent              []ReportLine
	SentNote          string
	NotJudged         string
	Open              string // where a matter of the findings chosen is opened, "" for those who may not
	Fields            []Field
	Matters           []MatterRow
	Documents         []DocumentRow
	MatterNote        string
	MattersHref       string
	Closing           string
}

// NewUnit builds the page of one unit. A unit that the regime does not judge has its facts and no judgement.
func NewUnit(in UnitInput) Unit {
	code := in.Unit.Code
	u := in.Now.Unit(code)
	p := Unit{
		Name: in.Unit.Name, Code: string(code), Sends: "随上级报送", Light: NewLight(queries.LightNone), Score: Nil,
		FindingCount: severityCount(in.Findings, code),
	}
	if in.Unit.Submitter {
		p.Sends = "报送单位"
	}
	if r := in.Now.AsOf.Regime; r != nil {
		p.Document = r.Document.Cite()
	}
	if u == nil {
		u = &queries.UnitResult{Unit: in.Unit, Indicators: map[string]queries.Pair{}}
		p.NotJudged = "截至报告期末不在册，不评价"
	} else if r := in.Now.AsOf.Regime; r != nil && !r.Obliges(in.Unit.Level) {
		p.NotJudged = "本制度未规定" + in.Unit.Level.Chinese() + "的义务，不评价，只列事实"
		if u.IsRollup && slices.ContainsFunc(in.Units, func(v record.Unit) bool { return v.Parent == code }) {
			p.NotJudged = "本制度不评价本级，指标为下属应召开单位的合计"
		}
	}
	p.Light, p.Score = lightOf(*u), score(u.Score)
	p.Bad = u.Light == queries.LightRed
	p.Standing = standing(in, u)
	p.Previous, p.Next = neighbours(in)
	p.Meeting = meetingSentence(u)
	in.Items = slices.DeleteFunc(slices.Clone(in.Items), func(r queries.ResolutionRow) bool { return r.Unit != code })
	in.Meetings = slices.DeleteFunc(slices.Clone(in.Meetings), func(m queries.MeetingRow) bool { return m.Unit != code })
	p.Loop = newLoop(in, u)
	for _, f := range worstFirst(in.Findings) {
		if f.Unit.Code == code {
			v := NewFinding(in.Address, f)
			v.follow(in.Address, f, in.Now.AsOf.Year, mattersOf(in.Outcomes), in.CanOpen)
			p.Findings = append(p.Findings, v)
		}
	}
	p.ScoreMoveHref = in.Address.Move("score", string(u.Unit.Code))
	p.ScoreSheet = newScoreSheet(in.Address, in.Now.AsOf.Regime, u)
	p.Others = otherIndicators(in.Address, u)
	p.Meetings = newHistory(in)
	p.Trend = newScoreTrend(in)
	p.addItems(in)
	p.addSent(in)
	p.addMatters(in)
	for _, d := range in.Documents {
		p.Documents = append(p.Documents, documentRow(DocumentsInput{Address: in.Address}, d))
	}
	return p
}

// standing is 「第 10 名（上季第 9 名，共 12 个）」, or why there is none.
func standing(in UnitInput, u *queries.UnitResult) string {
	switch {
	case u.Rank == nil && u.Status == queries.Pending:
		return "年度会议未到期限，不排位次"
	case u.Rank == nil:
		return "不排位次"
	}
	s := fmt.Sprintf("第 %d 名", *u.Rank)
	ranked := 0
	for _, x := range in.Now.Units {
		if x.Rank != nil {
			ranked++
		}
	}
	before := "上季未排位次"
	if n := len(in.History); n > 1 {
		if b := in.History[n-2].Unit(u.Unit.Code); b != nil && b.Rank != nil {
			before = fmt.Sprintf("上季第 %d 名", *b.Rank)
		}
	}
	return fmt.Sprintf("%s（%s，共 %d 个）", s, before, ranked)
}

// neighbours are the units before and after in administrative order.
func neighbours(in UnitInput) (previous, next *Phrase) {
	units := byCode(in.Now.Units)
	i := slices.IndexFunc(units, func(u queries.UnitResult) bool { return u.Unit.Code == in.Unit.Code })
	if i < 0 {
		return nil, nil
	}
	if i > 0 {
		previous = &Phrase{units[i-1].Unit.Name, in.Address.Unit(string(units[i-1].Unit.Code))}
	}
	if i+1 < len(units) {
		next = &Phrase{units[i+1].Unit.Name, in.Address.Unit(string(units[i+1].Unit.Code))}
	}
	return previous, next
}

func meetingSentence(u *queries.UnitResult) string {
	if !u.Status.Held() {
		if u.Status == "" {
			return ""
		}
		return statusWord(u.Status)
	}
	who := u.ChairTitle + u.ChairName
	if who == "" {
		who = "未载明主持人"
	} else {
		who += "主持"
	}
	return fmt.Sprintf("%s %s，%s", u.HeldOn, statusWord(u.Status), who)
}

// addItems lists the unit's items that are spoken of: 应办, 长期坚持 and 已撤销.
func (p *Unit) addItems(in UnitInput) {
	n := map[string]int{}
	var rows []queries.ResolutionRow
	for _, r := range in.Items {
		g := itemGroup(r, in.Now.AsOf)
		n[g]++
		if g != "earlier" && g != "other" {
			rows = append(rows, r)
		}
	}
	slices.SortFunc(rows, func(a, b queries.ResolutionRow) int {
		if a.SessionYear != b.SessionYear {
			return a.SessionYear - b.SessionYear
		}
		return defaultOrderWithin(a, b)
	})
	for _, r := range rows {
		row := newItemRow(in.Address, in.Now.AsOf, ItemFilter{Unit: string(in.Unit.Code)}, r)
		row.Href = in.Address.Href("/resolutions#"+row.Anchor, "unit", string(in.Unit.Code), "open", row.Anchor)
		p.Items = append(p.Items, row)
	}
	counted := len(rows) - n["ongoing"] - n["cancelled"]
	p.ItemNote = fmt.Sprintf("应办 %d 项、长期坚持 %d 项、已撤销 %d 项", counted, n["ongoing"], n["cancelled"])
	if n["earlier"] > 0 {
		p.ItemNote += fmt.Sprintf("；往年已办结 %d 项不列", n["earlier"])
	}
	p.ItemsHref = in.Address.Href("/resolutions", "unit", string(in.Unit.Code))
	p.Export = in.Address.Href("/resolutions.xlsx", "unit", string(in.Unit.Code))
}

// defaultOrderWithin orders the items of one session: by number, then key.
func defaultOrderWithin(a, b queries.ResolutionRow) int {
	if n := number(a.ItemNo) - number(b.ItemNo); n != 0 {
		return n
	}
	return strings.Compare(string(a.Kind)+a.ItemKey, string(b.Kind)+b.ItemKey)
}

// ReportLine is one quarter of 报送记录.
type ReportLine struct {
	Quarter, Version, Received, OnTime, Result, Href string
	Late                                             bool
}

func (p *Unit) addSent(in UnitInput) {
	submitter := submitterOf(in.Unit, in.Units)
	sent := slices.Clone(in.Sent)
	slices.SortStableFunc(sent, func(a, b queries.SentRow) int { return b.Quarter.Compare(a.Quarter) })
	for _, s := range sent {
		if s.Unit.Code != submitter {
			continue
		}
		l := ReportLine{Quarter: s.Quarter.Chinese(), Version: Nil, Received: moment(s.FirstReceivedAt), OnTime: Nil, Result: "未报送"}
		if s.Version > 0 {
			l.Version, l.Result, l.Href = itoa(s.Version), "已受理", in.Address.Href("/submissions/"+s.Submission)
			if s.Warnings > 0 {
				l.Result += fmt.Sprintf("，提醒 %d", s.Warnings)
			}
		}
		if s.Rejected > 0 {
			l.Result += fmt.Sprintf("，退回 %d 次", s.Rejected)
		}
		l.OnTime, l.Late = timing(s, in.Now.AsOf)
		p.Sent = append(p.Sent, l)
	}
	if u := in.Now.Unit(in.Unit.Code); u != nil {
		r := NewRate(u.Indicators["submission_on_time"], "份", "")
		p.SentNote = fmt.Sprintf("%d年按时 %s", in.Now.AsOf.Year, r.ND)
	}
	if submitter != in.Unit.Code {
		p.SentNote += "，由上级单位报送"
	}
}

// timing says whether the first version came in time, and by how many days it was late.
func timing(s queries.SentRow, at queries.AsOf) (string, bool) {
	switch {
	case s.OnTime == nil:
		return "未到时限", false
	case *s.OnTime:
		return "按时", false
	case s.Version == 0:
		return "未报，时限 " + s.DueOn.String(), true
	}
	days := period.DateOf(s.FirstReceivedAt.In(period.Shanghai)).DaysSince(s.DueOn)
	return fmt.Sprintf("迟 %d 天", days), true
}

// submitterOf is the unit itself or its nearest ancestor that sends reports.
func submitterOf(u record.Unit, all []record.Unit) record.UnitCode {
	byCode := map[record.UnitCode]record.Unit{}
	for _, x := range all {
		byCode[x.Code] = x
	}
	for n := 0; !u.Submitter && u.Parent != "" && n < 8; n++ {
		u = byCode[u.Parent]
	}
	return u.Code
}
