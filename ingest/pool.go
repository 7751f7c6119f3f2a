package ingest

import (
	"bufio"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"time"
)

// Parser turns a file's bytes into a Book. A *refusal is about the file; any other error is about us.
type Parser interface {
	Parse(ctx context.Context, b []byte) (Book, error)
}

// InProcess parses in the calling process: for tests and fuzzing, where a death is to be seen.
type InProcess struct{}

// Parse implements Parser.
func (InProcess) Parse(_ context.Context, b []byte) (Book, error) { return openBook(b) }

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
func (p *Pool) Parse(ctx context.Context, b []byte) (Book, error) {
	var c *child
	select {
	case c = <-p.slots:
	case <-ctx.Done():
		return Book{}, ctx.Err()
	case <-p.quit:
		return Book{}, errors.New("parse: pool is closed")
	}
	if c == nil {
		var err error
		if c, err = startChild(p.exe, p.args); err != nil {
			p.slots <- nil
			return Book{}, err
		}
	}
	book, healthy, err := c.parse(ctx, b, p.limit)
	if !healthy || c.rss() > parseRSS/3 {
		c.stop()
		c = nil
	}
	p.slots <- c
	return book, err
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

// answer is what crosses the pipe back.
type answer struct {
	Book    Book     `json:"book"`
	Refusal *refusal `json:"refusal,omitempty"`
}

var (
	errTooSlow = refuse("parse_timeout", fmt.Sprintf("文件过于复杂，%d 秒内没有读完。", int(parseTime.Seconds())), "请只保留报表所在的工作表，另存为新的 .xlsx 后重新报送。")
	errTooFat  = refuse("parse_memory", "文件展开后占用内存过大，没有读完。", "请只保留报表所在的工作表，另存为新的 .xlsx 后重新报送。")
	errDied    = refuse("parse_failed", "读取文件时解析程序中断，文件可能已损坏。", "请用 Excel 或 WPS 打开后另存为新的 .xlsx，再重新报送。")
)

// parse sends one file and waits for its answer under the limits. healthy is false when the child must be replaced.
func (c *child) parse(ctx context.Context, b []byte, limit time.Duration) (book Book, healthy bool, err error) {
	type result struct {
		a   answer
		err error
	}
	done := make(chan result, 1)
	go func() {
		var r result
		if r.err = writeFrame(c.in, b); r.err == nil {
			r.err = readJSON(c.out, &r.a)
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
			if r.err != nil {
				return Book{}, false, errDied
			}
			if r.a.Refusal != nil {
				return Book{}, true, r.a.Refusal
			}
			return r.a.Book, true, nil
		case <-look.C:
			if c.rss() > parseRSS {
				c.kill()
				<-done
				return Book{}, false, errTooFat
			}
		case <-timeout.C:
			c.kill()
			<-done
			if ctx.Err() != nil { // both had run out: the caller's word counts
				return Book{}, false, ctx.Err()
			}
			return Book{}, false, errTooSlow
		case <-ctx.Done():
			c.kill()
			<-done
			return Book{}, false, ctx.Err()
		}
	}
}

func (c *child) kill() { _ = c.cmd.Process.Kill() }

const maxFrame = 1 << 30

func writeFrame(w io.Writer, b []byte) error {
	var head [8]byte
	binary.BigEndian.PutUint64(head[:], uint64(len(b)))
	if _, err := w.Write(head[:]); err != nil {
		return fmt.Errorf("write frame: %w", err)
	}
	if _, err := w.Write(b); err != nil {
		return fmt.Errorf("write frame: %w", err)
	}
	return nil
}

// readFrame returns the next frame, io.EOF at the end.
func readFrame(r io.Reader) ([]byte, error) {
	var head [8]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return nil, err
	}
	n := binary.BigEndian.Uint64(head[:])
	if n > maxFrame {
		return nil, fmt.Errorf("frame of %d bytes", n)
	}
	b := make([]byte, n)
	if _, err := io.ReadFull(r, b); err != nil {
		return nil, fmt.Errorf("read frame: %w", err)
	}
	return b, nil
}

func readJSON(r io.Reader, v any) error {
	b, err := readFrame(r)
	if err != nil {
		return err
	}
	return json.Unmarshal(b, v)
}

// ServeParse is the body of the hidden command: it answers each file that comes on in until in ends. It puts the
// process under its memory limit first.
func ServeParse(in io.Reader, out io.Writer) error {
	debug.SetMemoryLimit(parseMemory)
	limitAddressSpace(parseSpace)
	r := bufio.NewReaderSize(in, 1<<16)
	for {
		b, err := readFrame(r)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("serve parse: %w", err)
		}
		var a answer
		book, err := openBook(b)
		if err == nil {
			a.Book = book
		} else if !errors.As(err, &a.Refusal) {
			a.Refusal = errDamaged
		}
		j, err := json.Marshal(a)
		if err != nil {
			return fmt.Errorf("serve parse: %w", err)
		}
		big := len(b)+len(j) > 32<<20
		if err := writeFrame(out, j); err != nil {
			return fmt.Errorf("serve parse: %w", err)
		}
		if big { // give the memory back before the next file; a small file is not worth it
			book, a, b, j = Book{}, answer{}, nil, nil
			runtime.GC()
			debug.FreeOSMemory()
		}
	}
}
