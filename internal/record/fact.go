package record

import "liandu/internal/period"

// MeetingKind is 会议形式.
type MeetingKind string

// The kinds of meeting (metrics.md, Meetings). A substitute never counts as held.
const (
	KindAnnual        MeetingKind = "annual"        // 年度联席会议
	KindExtraordinary MeetingKind = "extraordinary" // 临时联席会议
	KindSubstitute    MeetingKind = "substitute"    // 以其他会议代替
)

// Chinese returns the word of the form.
func (k MeetingKind) Chinese() string {
	return map[MeetingKind]string{KindAnnual: "年度联席会议", KindExtraordinary: "临时联席会议", KindSubstitute: "以其他会议代替"}[k]
}

// ChairRank is the rank of who presided (metrics.md, Chair rank).
type ChairRank string

// The ranks, falling.
const (
	RankPrincipal ChairRank = "principal"
	RankDeputy    ChairRank = "deputy"
	RankParty     ChairRank = "party"
	RankUnion     ChairRank = "union"
	RankOther     ChairRank = "other"
	RankUnknown   ChairRank = "unknown"
)

// Ranks lists the ranks in falling order.
var Ranks = []ChairRank{RankPrincipal, RankDeputy, RankParty, RankUnion, RankOther, RankUnknown}

// Chinese returns the rank's name on pages.
func (r ChairRank) Chinese() string {
	return map[ChairRank]string{RankPrincipal: "政府主要负责人", RankDeputy: "政府副职", RankParty: "党委负责人", RankUnion: "工会负责人", RankOther: "其他人员", RankUnknown: "未载明"}[r]
}

// ItemStatus is 进展状态 as the county reported it.
type ItemStatus string

// The reported states.
const (
	StatusNotStarted ItemStatus = "not_started" // 未启动
	StatusInProgress ItemStatus = "in_progress" // 推进中
	StatusCompleted  ItemStatus = "completed"   // 已完成
	StatusOngoing    ItemStatus = "ongoing"     // 长期坚持
	StatusCancelled  ItemStatus = "cancelled"   // 已撤销
)

// Chinese returns the word of the form.
func (s ItemStatus) Chinese() string {
	return map[ItemStatus]string{StatusNotStarted: "未启动", StatusInProgress: "推进中", StatusCompleted: "已完成", StatusOngoing: "长期坚持", StatusCancelled: "已撤销"}[s]
}

// Proposer is 提出方; empty when blank.
type Proposer string

// The sides.
const (
	ProposerGovernment Proposer = "government" // 政府
	ProposerUnion      Proposer = "union"      // 工会
	ProposerJoint      Proposer = "joint"      // 联合
)

// Source says where a row stood: the sheet's name as it is in the file, the 1-based row, and for each field
// (JSON name of the record's field) the A1 reference of its cell. A field whose column the sheet lacks has none.
// Submission names the file where it is not the row's own: a row carried on into a version made from a report.
type Source struct {
	Sheet      string            `json:"sheet"`
	Row        int               `json:"row"`
	Cells      map[string]string `json:"cells"`
	Submission string            `json:"submission,omitempty"`
}

// Meeting is one row of 会议召开. Nil pointers, zero dates and empty strings are blank cells.
type Meeting struct {
	Unit            UnitCode          `json:"unit"`
	SessionYear     int               `json:"session_year"`
	Kind            MeetingKind       `json:"kind"`
	Title           string            `json:"title,omitempty"`
	HeldOn          period.Date       `json:"held_on"`
	ChairName       string            `json:"chair_name,omitempty"`
	ChairTitle      string            `json:"chair_title,omitempty"`
	ChairRank       ChairRank         `json:"chair_rank"`
	ChairDelegated  bool              `json:"chair_delegated,omitempty"` // 受…委托主持
	GovAttendees    string            `json:"gov_attendees,omitempty"`
	UnionAttendees  string            `json:"union_attendees,omitempty"`
	SolicitedOn     period.Date       `json:"solicited_on"`
	GovTopics       *int              `json:"gov_topics,omitempty"`
	UnionTopics     *int              `json:"union_topics,omitempty"`
	JointTopics     *int              `json:"joint_topics,omitempty"`
	AgendaReport    *bool             `json:"agenda_report,omitempty"`  // 通报上次议定事项落实情况
	AgendaTopics    *bool             `json:"agenda_topics,omitempty"`  // 通报议题产生情况
	AgendaDiscuss   *bool             `json:"agenda_discuss,omitempty"` // 研究讨论并协商确定
	AgendaDeploy    *bool             `json:"agenda_deploy,omitempty"`  // 部署落实
	MinutesNumber   string            `json:"minutes_number,omitempty"`
	MinutesIssuedOn period.Date       `json:"minutes_issued_on"`
	Publicity       string            `json:"publicity,omitempty"` // as written; HasPublicity says what it means
	HasPublicity    bool              `json:"has_publicity"`
	Remark          string            `json:"remark,omitempty"`
	Extra           map[string]string `json:"extra,omitempty"` // columns unknown to us, by their head
	Source          Source            `json:"source"`
}

// Resolution is one row of 议定事项.
type Resolution struct {
	Unit         UnitCode          `json:"unit"`
	SessionYear  int               `json:"session_year"`
	Kind         MeetingKind       `json:"kind"`
	ItemNo       string            `json:"item_no,omitempty"` // digits without leading zeros, "" when blank
	Title        string            `json:"title"`
	TitleKey     string            `json:"title_key"` // cntext.TitleKey(Title)
	Category     string            `json:"category,omitempty"`
	Proposer     Proposer          `json:"proposer,omitempty"`
	LeadUnit     string            `json:"lead_unit,omitempty"`
	SupportUnits string            `json:"support_units,omitempty"`
	Owner        string            `json:"owner,omitempty"`
	DueOn        period.Date       `json:"due_on"`
	DueText      string            `json:"due_text,omitempty"` // the words, where the deadline was given in words
	RevisedDueOn period.Date       `json:"revised_due_on"`
	PlanOn       period.Date       `json:"plan_on"`
	Status       ItemStatus        `json:"status"`
	Percent      *float64          `json:"percent,omitempty"` // 0–100
	CompletedOn  period.Date       `json:"completed_on"`
	Progress     string            `json:"progress,omitempty"`
	Reason       string            `json:"reason,omitempty"`    // 未完成原因
	NextStep     string            `json:"next_step,omitempty"` // 下步措施
	Remark       string            `json:"remark,omitempty"`
	Extra        map[string]string `json:"extra,omitempty"`
	Source       Source            `json:"source"`
}

// Establishment is one row of 制度建立.
type Establishment struct {
	Unit          UnitCode          `json:"unit"`
	LevelText     string            `json:"level_text,omitempty"`
	Established   bool              `json:"established"`
	EstablishedOn period.Date       `json:"established_on"`
	Document      string            `json:"document,omitempty"`
	Remark        string            `json:"remark,omitempty"`
	Extra         map[string]string `json:"extra,omitempty"`
	Source        Source            `json:"source"`
}
