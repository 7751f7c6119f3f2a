package view

import (
	"fmt"
	"time"

	"liandu/internal/store"
)

// DataInput is what the page of backup and verification is made of. Report is nil before the first verification of
// this start.
type DataInput struct {
	Version    int64
	Free       uint64
	Report     *store.Report
	VerifiedAt time.Time
	Folder     string // the city's name
}

// Data is the page 系统管理 · 备份与校验.
type Data struct {
	Tabs     []Tab
	Facts    []Pair
	Verified Verdict
	Troubles []string
	Counts   []Pair
}

var tableWords = []struct{ table, name string }{
	{"unit", "单位登记"}, {"submission", "报送文件"}, {"problem", "问题单元格"},
	{"meeting", "会议"}, {"resolution", "议定事项"}, {"establishment", "建制"}, {"closing", "销号"}, {"setting", "设置"},
	{"account", "账号变更"},
}

// NewData shapes the page.
func NewData(in DataInput) Data {
	p := Data{Tabs: AdminTabs("/admin/data"), Facts: []Pair{
		{"城市", in.Folder}, {"操作日志", fmt.Sprintf("%d 条", in.Version)}, {"磁盘剩余", gigabytes(in.Free)},
	}}
	if in.Report == nil {
		p.Verified = Verdict{Mark: "light light-none", Text: "本次启动后还没有校验", Note: "校验会逐一核对日志链、全部原件和数据库，数据多时需要几分钟，期间可以查看、不能接收报送。"}
		return p
	}
	p.Troubles = in.Report.Troubles
	p.Verified = Verdict{
		Tone: "green", Mark: "light light-green", Text: "校验一致",
		Note: fmt.Sprintf("%s 校验：日志 %d 条，链完整；原件及读取结果 %d 份，与指纹一致；数据库与日志一致。", moment(in.VerifiedAt), in.Report.Lines, in.Report.Blobs),
	}
	if len(p.Troubles) > 0 {
		p.Verified = Verdict{
			Tone: "red", Mark: "mark mark-error", Text: fmt.Sprintf("校验发现 %d 处不一致", len(p.Troubles)),
			Note: moment(in.VerifiedAt) + " 校验。请停止使用，保留数据目录，用最近一次备份恢复。",
		}
	}
	for _, t := range tableWords {
		p.Counts = append(p.Counts, Pair{t.name, fmt.Sprintf("%d 行", in.Report.Rows[t.table])})
	}
	return p
}

func gigabytes(n uint64) string { return tenths(int(n*10>>30)) + " GB" }
