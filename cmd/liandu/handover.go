package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"liandu/internal/fault"
)

// A command typed beside a running server is handed to that server over the socket in the data folder (only the
// folder's owner reaches it), runs there through the same table, and its output streams back.

// request is a command handed over. Secret is what the person was asked for beforehand (a password).
type request struct {
	Name   string   `json:"name"`
	Args   []string `json:"args"`
	Cwd    string   `json:"cwd"`
	Secret string   `json:"secret,omitempty"`
}

// frame is one piece of the answer: output, or the end with what was refused.
type frame struct {
	Out   []byte      `json:"out,omitempty"`
	Err   []byte      `json:"err,omitempty"`
	End   bool        `json:"end,omitempty"`
	Fault *faultFrame `json:"fault,omitempty"`
}

type faultFrame struct {
	Code    fault.Code `json:"code"`
	Message string     `json:"message"`
	Hint    string     `json:"hint"`
}

// socketPath is the socket's place: in the data folder, or, where that path is longer than the system allows
// (about 100 bytes), in the folder for temporary files under a name made from it.
func socketPath(dir string) string {
	path := filepath.Join(dir, "socket")
	if len(path) <= 100 {
		return path
	}
	sum := sha256.Sum256([]byte(dir))
	return filepath.Join(os.TempDir(), "liandu-"+hex.EncodeToString(sum[:8])+".sock")
}

// handOver runs the command in the server that holds the folder. It reports false when there is no server.
func handOver(ctx context.Context, c *call) (bool, error) {
	var d net.Dialer
	conn, err := d.DialContext(ctx, "unix", socketPath(c.dir))
	if err != nil {
		return false, nil
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
	defer stop()
	if err := json.NewEncoder(conn).Encode(request{Name: c.name, Args: c.args, Cwd: c.cwd, Secret: c.secret}); err != nil {
		return true, fault.Wrap(fault.Unavailable, "运行中的联督服务没有应答。", "请稍后重试，或查看服务的输出。", err)
	}
	dec := json.NewDecoder(bufio.NewReader(conn))
	for {
		var f frame
		if err := dec.Decode(&f); err != nil {
			return true, fault.Wrap(fault.Unavailable, "与运行中的联督服务的连接中断，命令是否完成未知。", "请查看操作日志或重新运行命令确认。", err)
		}
		if len(f.Out) > 0 {
			_, _ = c.stdout.Write(f.Out)
		}
		if len(f.Err) > 0 {
			_, _ = c.stderr.Write(f.Err)
		}
		if f.End {
			return true, f.error()
		}
	}
}

func (f frame) error() error {
	switch {
	case f.Fault == nil:
		return nil
	case f.Fault.Message == "":
		return errSilent
	}
	return &fault.Error{Code: f.Fault.Code, Message: f.Fault.Message, Hint: f.Fault.Hint}
}

// listen serves the folder's socket until ctx ends. The socket of a server that died is replaced: the folder's lock
// is held, so no other server can be there.
func listen(ctx context.Context, a *app) (io.Closer, error) {
	path := socketPath(a.dir)
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("remove old socket: %w", err)
	}
	l, err := net.Listen("unix", path)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", path, err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(fmt.Errorf("protect socket: %w", err), l.Close())
	}
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go answer(ctx, a, conn)
		}
	}()
	return l, nil
}

// answer runs one command handed over.
func answer(ctx context.Context, a *app, conn net.Conn) {
	defer conn.Close()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var req request
	if err := conn.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
		return
	}
	br := bufio.NewReader(conn)
	if err := json.NewDecoder(br).Decode(&req); err != nil {
		return
	}
	if err := conn.SetReadDeadline(time.Time{}); err != nil {
		return
	}
	// The client says nothing more: the end of its side means that it has gone.
	go func() {
		_, _ = io.Copy(io.Discard, br)
		cancel()
	}()
	out := &frames{enc: json.NewEncoder(conn)}
	err := runHere(ctx, a, req, out)
	out.end(err)
}

// runHere runs the command as a call of its own. A panic ends the command and leaves the server running.
func runHere(ctx context.Context, a *app, req request, out *frames) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic in %s: %v\n%s", req.Name, v, debug.Stack())
		}
	}()
	cmd, ok := find(req.Name)
	if !ok || (cmd.need != needFolder && cmd.need != needMaybe) {
		return fault.New(fault.Usage, fmt.Sprintf("「%s」不能在运行中的服务里执行。", req.Name), "请先停止服务。")
	}
	c := &call{
		world: world{getenv: func(string) string { return "" }, stdin: strings.NewReader(""), stdout: out.writer(false), stderr: out.writer(true)},
		dir:   a.dir, cwd: req.Cwd, name: req.Name, args: req.Args, app: a, secret: req.Secret,
	}
	return cmd.run(ctx, c)
}

// frames writes the answer; its writers may be used from several goroutines.
type frames struct {
	mu  sync.Mutex
	enc *json.Encoder
}

type frameWriter struct {
	frames *frames
	isErr  bool
}

func (f *frames) writer(isErr bool) io.Writer { return frameWriter{f, isErr} }

// Write sends one piece of output.
func (w frameWriter) Write(p []byte) (int, error) {
	piece := frame{Out: p}
	if w.isErr {
		piece = frame{Err: p}
	}
	w.frames.mu.Lock()
	defer w.frames.mu.Unlock()
	if err := w.frames.enc.Encode(piece); err != nil {
		return 0, err
	}
	return len(p), nil
}

func (f *frames) end(err error) {
	last := frame{End: true}
	var refused *fault.Error
	switch {
	case err == nil:
	case errors.Is(err, context.Canceled):
		last.Fault = &faultFrame{Code: fault.Unavailable, Message: "运行中的联督服务正在停止，命令没有完成。", Hint: "请稍后重新运行命令。"}
	case errors.As(err, &refused):
		last.Fault = &faultFrame{Code: refused.Code, Message: refused.Message, Hint: refused.Hint}
	default:
		last.Fault = &faultFrame{Code: fault.Unavailable, Message: "系统内部错误：" + err.Error(), Hint: "请把这一行交给维护人员。"}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	_ = f.enc.Encode(last)
}
