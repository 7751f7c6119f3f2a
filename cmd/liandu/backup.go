package main

import (
	"context"
	"fmt"
	"io"
	"sort"
	"strings"
	"time"

	"liandu/internal/fault"
	"liandu/internal/journal"
	"liandu/internal/store"
	"liandu/queries"
)

// actorCommand is who the journal names for what is done on the command line.
const actorCommand = "命令行"

// now is the clock of the command line.
func now() time.Time { return time.Now() }

// oneFile reads the single word a command takes.
func oneFile(c *call) (string, error) {
	words, err := c.flags().words()
	if err != nil {
		return "", err
	}
	if len(words) != 1 {
		return "", c.wrong("应当写一个文件名。")
	}
	return c.path(words[0]), nil
}

// runBackup writes a whole copy and says so in the journal.
func runBackup(ctx context.Context, c *call) error {
	file, err := oneFile(c)
	if err != nil {
		return err
	}
	if err := c.app.store.Backup(file); err != nil {
		return err
	}
	if _, err := c.app.store.Append(ctx, journal.Entry{At: now(), Actor: actorCommand, Action: "backup.made", Subject: file, Data: map[string]string{"file": file}}); err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "已备份到 %s。请另存一份到别的机器，并用 liandu restore 试恢复一次。\n", file)
	return nil
}

// runRestore unpacks a copy into an empty folder and verifies it.
func runRestore(ctx context.Context, c *call) error {
	file, err := oneFile(c)
	if err != nil {
		return err
	}
	r, err := store.Restore(ctx, file, c.dir, store.Options{Base: queries.Base()})
	if err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "已恢复到 %s。\n", c.dir)
	return tell(c.stdout, r)
}

// runRebuild makes the database again from journal and originals.
func runRebuild(ctx context.Context, c *call) error {
	if !store.Exists(c.dir) {
		return fault.New(fault.NotFound, fmt.Sprintf("数据目录「%s」还没有建立。", c.dir), "请用 --data 指定已有的数据目录。")
	}
	r, err := store.Rebuild(ctx, c.dir, store.Options{Base: queries.Base()})
	if err != nil {
		return err
	}
	fmt.Fprintln(c.stdout, "数据库已由操作日志和原件重建。")
	return tell(c.stdout, r)
}

// runVerify compares journal, originals and database; any disagreement is exit status 1.
func runVerify(ctx context.Context, c *call) error {
	r, err := c.app.store.Verify(ctx)
	if err != nil {
		return err
	}
	return tell(c.stdout, r)
}

func tell(w io.Writer, r store.Report) error {
	var rows []string
	for table, n := range r.Rows {
		rows = append(rows, fmt.Sprintf("%s %d 行", table, n))
	}
	sort.Strings(rows)
	fmt.Fprintf(w, "操作日志 %d 行", r.Lines)
	if r.Blobs > 0 {
		fmt.Fprintf(w, "，原件与读取结果 %d 份", r.Blobs)
	}
	if len(rows) > 0 {
		fmt.Fprintf(w, "；数据库 %s", strings.Join(rows, "、"))
	}
	fmt.Fprintln(w, "。")
	for _, trouble := range r.Troubles {
		fmt.Fprintln(w, "不一致："+trouble)
	}
	if len(r.Troubles) > 0 {
		return errSilent
	}
	fmt.Fprintln(w, "核对一致。")
	return nil
}
