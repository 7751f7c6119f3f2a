package main

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"time"

	"liandu/dashboard"
	"liandu/internal/fault"
	"liandu/internal/store"
)

// checkpointEvery is how often DuckDB's log is written into its file.
const checkpointEvery = 10 * time.Minute

// runServe opens the folder and serves the site until it is told to stop or the projection must not be used any more.
func runServe(ctx context.Context, c *call) (err error) {
	f := c.flags()
	addr := f.String("addr", "127.0.0.1:8080", "")
	demo := f.Bool("demo", false, "")
	certFile := f.String("tls-cert", "", "")
	keyFile := f.String("tls-key", "", "")
	if err := f.noWords(); err != nil {
		return err
	}
	config, err := tlsConfig(c, *certFile, *keyFile)
	if err != nil {
		return err
	}
	a, err := openApp(ctx, c.dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.close()) }()
	ln, err := (&net.ListenConfig{}).Listen(ctx, "tcp", *addr)
	if err != nil {
		return fault.Wrap(fault.Unavailable, fmt.Sprintf("地址「%s」无法监听。", *addr), "可能已有程序占用该端口，请用 --addr 换一个端口。", err)
	}
	if *demo && !isLoopback(ln.Addr()) {
		return errors.Join(fault.New(fault.Usage, "演示方式只能在本机地址上使用。", "请去掉 --demo，或把 --addr 改为 127.0.0.1:8080。"), ln.Close())
	}
	site, err := a.site(ctx, c, *demo)
	if err != nil {
		return errors.Join(err, ln.Close())
	}
	if err := a.greet(ctx, c, ln.Addr(), *demo, config != nil); err != nil {
		return errors.Join(err, ln.Close())
	}
	return a.serve(ctx, site, ln, config)
}

// serve runs site, socket and checkpoints until ctx ends or the store dies.
func (a *app) serve(ctx context.Context, site *dashboard.Server, ln net.Listener, config *tls.Config) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	socket, err := listen(ctx, a)
	if err != nil {
		return errors.Join(err, ln.Close())
	}
	defer socket.Close()
	go a.checkpoints(ctx)
	go func() {
		select {
		case err := <-a.store.Fatal():
			cancel(err)
		case <-ctx.Done():
		}
	}()
	if err := site.Serve(ctx, ln, config); err != nil {
		return err
	}
	if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, context.Canceled) {
		return fault.Wrap(fault.Unavailable, "数据库写入出错，服务已停止，已接收的报送都已保存。", "请检查磁盘空间后重新启动。", cause)
	}
	return a.store.Checkpoint(context.WithoutCancel(ctx))
}

func (a *app) checkpoints(ctx context.Context) {
	t := time.NewTicker(checkpointEvery)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
			// A failure is fatal and reaches serve through Fatal.
			_ = a.store.Checkpoint(ctx)
		}
	}
}

// greet prints how to come in: the demo link, or the first administrator's code, or the address alone.
func (a *app) greet(ctx context.Context, c *call, addr net.Addr, demo, secure bool) error {
	scheme := "http"
	if secure {
		scheme = "https"
	}
	base := scheme + "://" + addr.String()
	if demo {
		secret, err := a.auth.StartDemo()
		if err != nil {
			return err
		}
		fmt.Fprintf(c.stdout, "联督演示已启动，请在本机浏览器打开（一次有效）：%s/demo?key=%s\n", base, secret)
		return nil
	}
	needed, err := a.auth.NeedsSetup(ctx)
	if err != nil {
		return err
	}
	if needed {
		code, err := a.auth.StartCode()
		if err != nil {
			return err
		}
		fmt.Fprintf(c.stdout, "联督已启动：%s 。首次使用请在浏览器打开 %s/setup ，输入一次性代码 %s 建立管理员账号（一小时内有效）。\n", base, base, code)
		return nil
	}
	fmt.Fprintf(c.stdout, "联督已启动：%s\n", base)
	if !secure && !isLoopback(addr) {
		fmt.Fprintln(c.stderr, "提醒：未启用 TLS，密码在网络上是明文。请用 --tls-cert、--tls-key，或放在加密网关之后。")
	}
	return nil
}

func isLoopback(addr net.Addr) bool {
	tcp, ok := addr.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}

func tlsConfig(c *call, certFile, keyFile string) (*tls.Config, error) {
	if certFile == "" && keyFile == "" {
		return nil, nil
	}
	if certFile == "" || keyFile == "" {
		return nil, c.wrong("--tls-cert 和 --tls-key 要一起写。")
	}
	cert, err := tls.LoadX509KeyPair(c.path(certFile), c.path(keyFile))
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, "TLS 证书或私钥无法读取。", "请检查文件是否为 PEM 格式、证书与私钥是否成对。", err)
	}
	return &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12}, nil
}

// logger writes the server's own log to the console.
func logger(c *call) *slog.Logger { return slog.New(slog.NewTextHandler(c.stderr, nil)) }

// site makes the dashboard from what the folder has.
func (a *app) site(ctx context.Context, c *call, demo bool) (*dashboard.Server, error) {
	in, err := a.ingester(ctx)
	if err != nil {
		return nil, err
	}
	return dashboard.New(dashboard.Deps{
		Store: a.store, Auth: a.auth, Queries: a.queries, Ingest: in, Registry: a.registry,
		Rules:  a.rules,
		Folder: func() store.FolderCreated { return a.folder },
		Blank:  a.blank,
		Parser: in.Parser,
		Now:    a.now, Rand: rand.Reader, Log: logger(c), Demo: demo,
	})
}
