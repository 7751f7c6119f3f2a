package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"

	"liandu/internal/fault"
	"liandu/internal/store"
)

// world is what a run may touch of the outside; tests hand in their own.
type world struct {
	args   []string
	getenv func(string) string
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
}

// need says what a command needs of the data folder.
type need int

const (
	needNothing need = iota // works without a folder
	needFolder              // opens the folder, or is handed to the server that has it open
	needMaybe               // like needFolder where there is one; without one it runs all the same, with app nil
	needAlone               // works on the folder itself and is never handed over
)

// command is one row of the table below.
type command struct {
	name   string
	usage  string // the words after the name
	about  string
	need   need
	hidden bool
	run    func(ctx context.Context, c *call) error
}

// commands is the table of commands and, printed, the manual.
func commands() []command {
	return []command{
		{name: "init", usage: "--name 城市名 --regime 制度 [--units units.csv | --city 区划代码]", about: "新建数据目录：单位登记册、制度", need: needAlone, run: runInit},
		{name: "serve", usage: "[--addr 127.0.0.1:8080] [--demo] [--tls-cert F --tls-key F]", about: "启动网站", need: needAlone, run: runServe},
		{name: "ingest", usage: "[--period 2024Q3] [--unit 代码] [--received-at 日期] [--format text|json] 文件或目录… | --received-list F.csv", about: "接收各县报送的文件、目录和压缩包；补录往期用清单（file,received_at）", need: needFolder, run: runIngest},
		{name: "template", usage: "--unit 代码 --period 2024Q4 [-o F.xlsx] | --all --period 2024Q4 -o 目录", about: "生成空白报表，带出未办结事项", need: needFolder, run: runTemplate},
		{name: "marked", usage: "报送编号 [-o F.xlsx]", about: "退还标注：县里的原表加上问题标注和问题清单，改好后可直接重新报送", need: needFolder, run: runMarked},
		{name: "metrics", usage: "--as-of 2024Q3 [--year Y] [--regime ID] [--known-at 时刻] [--cohort active|session:Y] [--level county] [--format text|json|csv]", about: "指标、得分、位次、亮灯", need: needFolder, run: runMetrics},
		{name: "findings", usage: "--as-of 2024Q3 [--year Y] [--regime ID] [--known-at 时刻] [--level L] [--unit 代码] [--format text|json|csv]", about: "问题清单，附条款和证据", need: needFolder, run: runFindings},
		{name: "brief", usage: "--as-of 2024Q3 -o F.xlsx [--year Y] [--regime ID] [--known-at 时刻] [--level L]", about: "专项汇报表格", need: needFolder, run: runBrief},
		{name: "notice", usage: "--as-of 2024Q3 -o F.docx [--date 成文日期] [--draft] [--number 文号] [--issue [--again]] [--year Y] [--regime ID] [--known-at 时刻] [--level L] | --issued 编号 -o F.docx", about: "专题通报；缺少的设置一并列出，--draft 先留空白；--issue 签发并冻结，--issued 再次取出", need: needFolder, run: runNotice},
		{name: "annual", usage: "--as-of 2024Q4 -o F.docx [--date 成文日期] [--draft] [--number 文号] [--issue [--again]] [--known-at 时刻] | --issued 编号 -o F.docx", about: "年度建制和实施情况通报", need: needFolder, run: runAnnual},
		{name: "letter", usage: "--unit 代码 --as-of 2024Q3 -o F.docx [--to government|union|both] | --laggards --as-of 2024Q3 -o 目录 | --remind meeting|items --as-of 2024Q3 -o 目录 [--date 成文日期] [--draft] [--number 首份文号] [--issue [--again]] [--known-at 时刻] | --issued 编号 -o F.docx", about: "督导函：致县（市、区）政府和总工会；提醒函：会议或事项期限将到", need: needFolder, run: runLetter},
		{name: "dispatch", usage: "--as-of 2024Q4 -o F.docx [--date 调度日期] [--draft] [--number 编号] [--issue [--again]] [--known-at 时刻] | --issued 编号 -o F.docx", about: "调度单：未召开的会议和逾期的事项", need: needFolder, run: runDispatch},
		{name: "scoresheet", usage: "--unit 代码 --as-of 2024Q4 -o F.docx | --all --as-of 2024Q4 -o 目录 [--date 成文日期] [--draft] [--issue [--again]] [--known-at 时刻] | --issued 编号 -o F.docx", about: "考核评分表：每处扣分的事实、条款、单元格", need: needFolder, run: runScoreSheet},
		{name: "minutes", usage: "--unit 代码 --as-of 2024Q4 -o F.docx [--known-at 时刻]", about: "会议纪要样式：填入已报送的内容，其余留空", need: needFolder, run: runMinutes},
		{name: "correction", usage: "--list | --of 编号[,编号…] -o F.docx [--date 成文日期] [--draft] [--number 文号] [--issue] | --issued 编号 -o F.docx", about: "更正通知：列出与现有数据不一致的已发文件，起草、签发更正", need: needFolder, run: runCorrection},
		{name: "document", usage: "list [--as-of 2024Q4] [--unit 代码] [--format text|json] | show 编号 | get 编号 -o F.docx", about: "已发文件：列出、核对、原样取出", need: needFolder, run: runDocument},
		{name: "move", usage: "--indicator 指标 --as-of 2024Q3 [--from 2024Q2] [--known-from 时刻] [--unit 代码] [--known-at 时刻] [--level L] [--format text|json]", about: "为什么变了：一个指标的变化按原因分解", need: needFolder, run: runMove},
		{name: "matter", usage: "list [--as-of 2024Q4] [--unit 代码] [--state live|late|opened|assigned|received|replied|checked|closed|back|cancelled] [--known-at 时刻] [--format text|json]", about: "督办事项：由立项到销号走到哪一步，交办之后怎样", need: needFolder, run: runMatter},
		{name: "trace", usage: "问题或指标编号 | 报送编号!工作表!单元格", about: "由数字追溯到行、文件、工作表、单元格", need: needFolder, run: runTrace},
		{name: "extract", usage: "[--published-on 日期] [--format text|json] F.docx|F.txt", about: "从会议纪要、书面报告或新闻稿中读出一次会议的要素", need: needNothing, run: runExtract},
		{name: "regime", usage: "list | show ID [--format toml] | check F.toml | compare ID ID --as-of Q [--format json] | try F.toml | history [ID] | add F.toml [--clauses F.txt] | change F.toml | adopt ID | suspend ID 规则 --from Q --until Q | resume ID 规则 --from Q | revert 编号（调整均写 --from 季度 --reason 事由 --document 依据文件）", about: "制度规则及其条款；对比、试算、调整、暂停、恢复、撤销", need: needMaybe, run: runRegime},
		{name: "units", usage: "list | import F.csv | rename 代码 新名称", about: "单位登记册", need: needFolder, run: runUnits},
		{name: "settings", usage: "list | set 键 值 | import F.toml", about: "机关名称、联系人、年度期限等设置", need: needFolder, run: runSettings},
		{name: "user", usage: "add 账号 --name 姓名 --role 角色 [--unit 代码] | passwd 账号 | list | disable 账号 | enable 账号", about: "账号", need: needFolder, run: runUser},
		{name: "backup", usage: "F.tar.gz", about: "整份备份", need: needFolder, run: runBackup},
		{name: "restore", usage: "F.tar.gz", about: "由备份恢复到空目录", need: needAlone, run: runRestore},
		{name: "rebuild", about: "仅由操作日志和原件重建数据库", need: needAlone, run: runRebuild},
		{name: "verify", about: "核对操作日志、原件和数据库是否一致", need: needFolder, run: runVerify},
		{name: "licences", about: "所用第三方组件的许可证", need: needNothing, run: runLicences},
		{name: "parse", need: needNothing, hidden: true, run: runParse},
	}
}

// call is one command being run: its arguments, where its output goes, and the open folder when it needs one.
type call struct {
	world
	dir  string // data folder
	cwd  string // of whoever typed the command, for relative paths
	name string
	args []string
	app  *app // nil unless needFolder

	secret string // what the person was asked for before the command ran: a password
}

// run finds the command, opens or reaches the folder, runs it and returns the exit status.
func run(ctx context.Context, w world) int {
	err := dispatch(ctx, w)
	report(w.stderr, err)
	return fault.Exit(err)
}

func dispatch(ctx context.Context, w world) error {
	cfg, rest, err := configure(w)
	if err != nil {
		return err
	}
	if len(rest) == 0 || rest[0] == "help" || rest[0] == "--help" || rest[0] == "-h" {
		printUsage(w.stdout)
		return nil
	}
	cmd, ok := find(rest[0])
	if !ok {
		return fault.New(fault.Usage, fmt.Sprintf("没有「%s」这个命令。", rest[0]), "运行 liandu help 查看全部命令。")
	}
	c := &call{world: w, dir: cfg.Data, cwd: cfg.Cwd, name: cmd.name, args: rest[1:]}
	if wantsHelp(c.args) {
		fmt.Fprintf(w.stdout, "liandu %s %s\n    %s\n", cmd.name, cmd.usage, cmd.about)
		return nil
	}
	if cmd.need == needNothing || cmd.need == needAlone || (cmd.need == needMaybe && !store.Exists(c.dir)) {
		return cmd.run(ctx, c)
	}
	return withFolder(ctx, cmd, c)
}

// withFolder runs a command on the folder, or has the server that holds it run it.
func withFolder(ctx context.Context, cmd command, c *call) (err error) {
	if err := askBeforehand(c); err != nil {
		return err
	}
	if done, err := handOver(ctx, c); done {
		return err
	}
	a, err := openApp(ctx, c.dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.close()) }()
	c.app = a
	return cmd.run(ctx, c)
}

func find(name string) (command, bool) {
	for _, cmd := range commands() {
		if cmd.name == name {
			return cmd, true
		}
	}
	return command{}, false
}

func wantsHelp(args []string) bool {
	for _, a := range args {
		if a == "--help" || a == "-h" || a == "-help" {
			return true
		}
	}
	return false
}

func printUsage(w io.Writer) {
	fmt.Fprint(w, "联督：政府与工会联席会议督查统计与报告\n\n用法：liandu [--data 目录] 命令 [参数]\n      数据目录默认为 data，也可用环境变量 LIANDU_DATA 指定。\n\n命令：\n")
	for _, cmd := range commands() {
		if !cmd.hidden {
			fmt.Fprintf(w, "  %-9s %s\n            %s\n", cmd.name, cmd.about, strings.TrimSpace(cmd.name+" "+cmd.usage))
		}
	}
	fmt.Fprint(w, "\n退出码：0 完成；1 未予办理（文件被退回、核对不一致等）；2 用法有误。\n")
}

// errSilent is refused work that has been told already, on stdout.
var errSilent = fault.New(fault.Invalid, "", "")

// report prints an error as one line of Chinese. What is not a fault is ours: it is logged whole.
func report(w io.Writer, err error) {
	if err == nil || errors.Is(err, errSilent) {
		return
	}
	var f *fault.Error
	if errors.As(err, &f) {
		fmt.Fprintln(w, strings.ReplaceAll(f.Error(), "\n", " "))
		return
	}
	if errors.Is(err, context.Canceled) {
		fmt.Fprintln(w, "已中断，未完成的部分没有保存。")
		return
	}
	if errors.Is(err, os.ErrPermission) {
		fmt.Fprintln(w, "没有读写权限，请检查文件和目录的权限："+err.Error())
		return
	}
	slog.New(slog.NewTextHandler(w, nil)).Error("系统内部错误，请把这一行交给维护人员", "err", err)
}
