package dashboard

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/gin-gonic/gin"

	"liandu/dashboard/issue"
	"liandu/ingest"
	"liandu/internal/auth"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/registry"
	"liandu/internal/rulebook"
	"liandu/internal/store"
	"liandu/queries"
)

// Deps is what the site is made of. Every field is needed unless it says otherwise.
type Deps struct {
	Store    *store.Store
	Auth     *auth.Service
	Queries  *queries.Queries
	Ingest   *ingest.Ingester
	Registry func(context.Context) (*registry.Registry, error)
	Rules    *rulebook.Keeper           // what is in force
	Folder   func() store.FolderCreated // the city's name and its regime
	// Blank writes the blank workbook of a unit and quarter with what is known already filled in. Nil: none are offered.
	Blank func(ctx context.Context, w io.Writer, unit record.UnitCode, q period.Quarter) error
	// Parser opens a kept original to draw it. Nil: originals can only be downloaded.
	Parser ingest.Parser

	Now  func() time.Time
	Rand io.Reader
	Log  *slog.Logger
	Demo bool // serve the demo link
}

// Server is the site. Handler may be used without Serve.
type Server struct {
	deps      Deps
	assets    *assets
	templates map[string]*pageTemplate
	engine    *gin.Engine
	cross     *http.CrossOriginProtection
	table     []route
	verified  verified
	span      quarterSpan
	kept      keptPages
	desk      *issue.Desk // makes and issues official papers
	refused   refusals

	process  string // four hexadecimal digits that tell this start's request numbers from another's
	requests atomic.Uint32
}

// Limits of a connection (reliability.md, O1) and of a body.
const (
	headerTimeout = 10 * time.Second
	readTimeout   = 30 * time.Second
	writeTimeout  = 2 * time.Minute
	idleTimeout   = 2 * time.Minute
	longTimeout   = 15 * time.Minute // uploads and downloads of whole folders
	headerLimit   = 64 << 10
	bodyLimit     = 1 << 20
	uploadLimit   = 200 << 20
	paperLimit    = 20 << 20 // an edited official paper
	stopTimeout   = 10 * time.Second
)

// New makes the site and removes what a killed one left of a backup. It fails on a template that is not declared or not used, and on an unreadable asset.
func New(d Deps) (*Server, error) {
	s := &Server{deps: d, cross: http.NewCrossOriginProtection()}
	b := make([]byte, 2)
	if _, err := io.ReadFull(d.Rand, b); err != nil {
		return nil, fmt.Errorf("read random process number: %w", err)
	}
	s.process = fmt.Sprintf("%X", b)
	var err error
	if s.assets, err = loadAssets(staticFiles); err != nil {
		return nil, err
	}
	if s.templates, err = loadTemplates(templateFiles, pages(), s.assets); err != nil {
		return nil, err
	}
	if err := dropBackups(d.Store.Dir()); err != nil {
		return nil, err
	}
	s.desk = issue.New(issue.Deps{
		Store: d.Store, Queries: d.Queries, Rules: d.Rules.Regime, Now: d.Now, City: func() string { return d.Folder().Name },
	})
	s.table = routes()
	s.engine = s.newEngine()
	return s, nil
}

// Handler returns the whole site.
func (s *Server) Handler() http.Handler { return s.engine }

// Serve answers on ln until ctx is done, then lets running requests finish for a while. A nil config is plain HTTP.
func (s *Server) Serve(ctx context.Context, ln net.Listener, config *tls.Config) error {
	srv := &http.Server{
		Handler:           s.Handler(),
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    headerLimit,
		ErrorLog:          slog.NewLogLogger(s.deps.Log.Handler(), slog.LevelDebug),
	}
	if config != nil {
		config = config.Clone()
		config.MinVersion = max(config.MinVersion, tls.VersionTLS12)
		ln = tls.NewListener(ln, config)
	}
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
		defer cancel()
		stopped <- srv.Shutdown(end)
	}()
	if err := srv.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve %s: %w", ln.Addr(), err)
	}
	if err := <-stopped; err != nil {
		return errors.Join(fmt.Errorf("stop serving: %w", err), srv.Close())
	}
	return nil
}
