package ingest

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"time"

	"liandu/internal/record"
)

// Parser turns a file into a Book. The file is named by its path, so that its bytes never pass through the caller. A
// *refusal is about the file; any other error is about us. Mark is the function Mark for a file on disk.
type Parser interface {
	Parse(ctx context.Context, path string) (Book, error)
	Mark(ctx context.Context, w io.Writer, path string, reading record.Reading) error
}

// InProcess parses in the calling process: for tests and fuzzing, where a death is to be seen.
type InProcess struct{}

// Parse implements Parser.
func (InProcess) Parse(_ context.Context, path string) (Book, error) {
	o, file, err := openOriginal(path)
	if err != nil {
		return Book{}, err
	}
	defer file.Close()
	return openBook(o)
}

// Mark implements Parser.
func (InProcess) Mark(_ context.Context, w io.Writer, path string, reading record.Reading) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("read original: %w", err)
	}
	return Mark(w, b, reading)
}

// Pool parses in child processes: strangers' bytes are looked into where a crash, a hang or a flood of memory costs
// one upload and nothing else. Children live on between files; one that died, overran or has grown is replaced.
type Pool struct {
	exe   string
	args  []string
	slots chan *child // nil: to be started when needed
	quit  chan struct{}
	limit time.Duration
}

// ParseCommand is the hidden command that makes the program a parser: ServeParse on its standard streams.
const ParseCommand = "parse"

// NewPool returns a pool of up to n children running `exe parse`; none is started before it is needed.
func NewPool(exe string, n int) *Pool {
	p := &Pool{exe: exe, args: []string{ParseCommand}, slots: make(chan *child, max(n, 1)), quit: make(chan struct{}), limit: parseTime}
	for range cap(p.slots) {
		p.slots <- nil
	}
	return p
}

// Close ends the children; a parse under way ends with an error.
func (p *Pool) Close() {
	close(p.quit)
	for range cap(p.slots) {
		if c := <-p.slots; c != nil {
			c.stop()
		}
	}
}

// Parse implements Parser.
func (p *Pool) Parse(ctx context.Context, path string) (Book, error) {
	var book Book
	err := p.ask(ctx, ask{Path: path}, func(a answer, more *bufio.Reader) error {
		book = a.Book
		return readRows(more, &book)
	})
	if err != nil {
		return Book{}, err
	}
	return book, nil
}

// Mark implements Parser. What w cannot take ends the answer; a slow w holds a parser, so it should be a file.
func (p *Pool) Mark(ctx context.Context, w io.Writer, path string, reading record.Reading) error {
	q := ask{Path: path, Mark: &record.Reading{File: reading.File, Problems: reading.Problems}}
	err := p.ask(ctx, q, func(_ answer, more *bufio.Reader) error { return readBytes(more, w) })
	var why *refusal
	if errors.As(err, &why) {
		return unmarkable(why)
	}
	return err
}

// ask puts a question to a parser; take reads what follows an answer that is no refusal.
func (p *Pool) ask(ctx context.Context, q ask, take func(answer, *bufio.Reader) error) error {
	var err error
	if q.Path, err = filepath.Abs(q.Path); err != nil {
		return fmt.Errorf("parse: %w", err)
	}
	var c *child
	select {
	case c = <-p.slots:
	case <-ctx.Done():
		return ctx.Err()
	case <-p.quit:
		return errors.New("parse: pool is closed")
	}
	if c == nil {
		if c, err = startChild(p.exe, p.args); err != nil {
			p.slots <- nil
			return err
		}
	}
	healthy, err := c.ask(ctx, q, take, p.limit)
	if !healthy || c.rss() > parseRSS/3 {
		c.stop()
		c = nil
	}
	p.slots <- c
	return err
}

// child is one parser process.
type child struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

func startChild(exe string, args []string) (*child, error) {
	cmd := exec.Command(exe, args...)
	cmd.Env = []string{"PATH=/nonexistent", fmt.Sprintf("GOMEMLIMIT=%d", parseMemory)}
	cmd.SysProcAttr = childAttr()
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("start parser: %w", err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("start parser: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start parser: %w", err)
	}
	return &child{cmd: cmd, in: in, out: bufio.NewReaderSize(out, 1<<16)}, nil
}

func (c *child) stop() {
	_ = c.in.Close() // it ends at the end of its input; what follows is for one that does not
	_ = c.cmd.Process.Kill()
	_ = c.cmd.Wait()
}

// rss is the child's resident memory in bytes, 0 where the system does not say.
func (c *child) rss() int64 {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", c.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	var size, resident int64
	if _, err := fmt.Sscan(string(b), &size, &resident); err != nil {
		return 0
	}
	return resident * int64(os.Getpagesize())
}

var (
	errTooSlow  = refuse("parse_timeout", fmt.Sprintf("文件过于复杂，%d 秒内没有读完。", int(parseTime.Seconds())), "请只保留报表所在的工作表，另存为新的 .xlsx 后重新报送。")
	errTooFat   = refuse("parse_memory", "文件展开后占用内存过大，没有读完。", "请只保留报表所在的工作表，另存为新的 .xlsx 后重新报送。")
	errUnmarked = refuse("parse_failed", "工作簿的结构特殊，不能加上标注。", "请按问题清单逐处改正，再重新报送。")
	errDied     = refuse("parse_failed", "读取文件时解析程序中断，文件可能已损坏。", "请用 Excel 或 WPS 打开后另存为新的 .xlsx，再重新报送。")
)

// ask sends a question and waits for the whole answer under the limits. healthy is false when the child must be
// replaced.
func (c *child) ask(ctx context.Context, q ask, take func(answer, *bufio.Reader) error, limit time.Duration) (healthy bool, err error) {
	type result struct {
		refused *refusal
		ours    error // an accident on our side of the pipe
		err     error
	}
	done := make(chan result, 1)
	go func() {
		var r result
		var a answer
		if r.err = writeJSON(c.in, q); r.err == nil {
			r.err = readJSON(c.out, &a)
		}
		switch r.refused = a.Refusal; {
		case r.err != nil || r.refused != nil:
		default:
			r.err = take(a, c.out)
			var ours *ownError
			if errors.As(r.err, &ours) {
				r.ours = ours.err
			}
		}
		done <- r
	}()
	timeout := time.NewTimer(limit)
	defer timeout.Stop()
	look := time.NewTicker(100 * time.Millisecond)
	defer look.Stop()
	for {
		select {
		case r := <-done:
			switch {
			case r.ours != nil:
				return false, r.ours
			case r.err != nil:
				return false, errDied
			case r.refused != nil:
				return true, r.refused
			}
			return true, nil
		case <-look.C:
			if c.rss() > parseRSS {
				c.kill()
				<-done
				return false, errTooFat
			}
		case <-timeout.C:
			c.kill()
			<-done
			if ctx.Err() != nil { // both had run out: the caller's word counts
				return false, ctx.Err()
			}
			return false, errTooSlow
		case <-ctx.Done():
			c.kill()
			<-done
			return false, ctx.Err()
		}
	}
}

func (c *child) kill() { _ = c.cmd.Process.Kill() }

// ServeParse is the body of the hidden command: it answers each question that comes on in until in ends. It puts the
// process under its memory limit first.
func ServeParse(in io.Reader, out io.Writer) error {
	debug.SetMemoryLimit(parseMemory)
	limitAddressSpace(parseSpace)
	r, w := bufio.NewReaderSize(in, 1<<16), bufio.NewWriterSize(out, 1<<16)
	for {
		var q ask
		err := readJSON(r, &q)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("serve parse: %w", err)
		}
		size, err := q.serve(w)
		if err == nil {
			err = w.Flush()
		}
		if err != nil {
			return fmt.Errorf("serve parse: %w", err)
		}
		if size > 8<<20 { // give the memory back before the next file; a small file is not worth it
			runtime.GC()
			debug.FreeOSMemory()
		}
	}
}

// serve answers one question. An error is the pipe's: what is wrong with the file is in the answer.
func (q ask) serve(w io.Writer) (size int64, err error) {
	o, file, err := openOriginal(q.Path)
	if err != nil {
		return 0, writeJSON(w, answer{Refusal: errDamaged})
	}
	defer file.Close()
	if q.Mark != nil {
		var out bytes.Buffer
		err := mark(&out, o, *q.Mark)
		var why *refusal
		switch {
		case errors.As(err, &why):
			return o.size, writeJSON(w, answer{Refusal: why})
		case err != nil:
			return o.size, writeJSON(w, answer{Refusal: errUnmarked})
		}
		return o.size, writeBytes(w, out.Bytes())
	}
	book, err := openBook(o)
	if err != nil {
		return o.size, writeJSON(w, answer{Refusal: asRefusal(err).(*refusal)})
	}
	return o.size, writeBook(w, book)
}
