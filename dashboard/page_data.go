package dashboard

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"liandu/dashboard/view"
	"liandu/internal/period"
	"liandu/internal/store"
)

// verified is the last verification of this start.
type verified struct {
	mu     sync.Mutex
	report *store.Report
	at     time.Time
}

// data is 系统管理 · 备份与校验.
func (s *Server) data(c *gin.Context) error {
	free, err := s.deps.Store.Free()
	if err != nil {
		return err
	}
	s.verified.mu.Lock()
	in := view.DataInput{
		Version: s.deps.Store.Version(), Free: free, Report: s.verified.report, VerifiedAt: s.verified.at, Folder: s.deps.Folder().Name,
	}
	s.verified.mu.Unlock()
	return s.render(c, http.StatusOK, "admin_data", view.NewData(in))
}

// verify proves that journal, originals and database agree.
func (s *Server) verify(c *gin.Context) error {
	if err := longRequest(c); err != nil {
		return err
	}
	report, err := s.deps.Store.Verify(c.Request.Context())
	if err != nil {
		return err
	}
	s.verified.mu.Lock()
	s.verified.report, s.verified.at = &report, s.deps.Now()
	s.verified.mu.Unlock()
	if err := s.note(c, "verify.run", "", map[string]int{"troubles": len(report.Troubles)}); err != nil {
		return err
	}
	return redirect(c, "/admin/data", "")
}

// backupPrefix begins the name of the folder in which a copy waits to be handed over.
const backupPrefix = ".backup-"

// dropBackups removes the copies that a killed server left half made: each holds everything, passwords' hashes too.
func dropBackups(dir string) error {
	left, err := filepath.Glob(filepath.Join(dir, backupPrefix+"*"))
	if err != nil {
		return fmt.Errorf("list interrupted backups: %w", err)
	}
	for _, name := range left {
		if err := os.RemoveAll(name); err != nil {
			return fmt.Errorf("remove interrupted backup: %w", err)
		}
	}
	return nil
}

// backup makes a whole copy and hands it over; nothing of it stays on the server.
func (s *Server) backup(c *gin.Context) error {
	if err := longRequest(c); err != nil {
		return err
	}
	dir, err := os.MkdirTemp(s.deps.Store.Dir(), backupPrefix)
	if err != nil {
		return fmt.Errorf("make folder for backup: %w", err)
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "copy")
	if err := s.deps.Store.Backup(file); err != nil {
		return err
	}
	f, err := os.Open(file)
	if err != nil {
		return fmt.Errorf("open backup: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("stat backup: %w", err)
	}
	if err := s.note(c, "backup.made", "", map[string]int64{"size": info.Size()}); err != nil {
		return err
	}
	name := fmt.Sprintf("联督备份_%s_%s.tar.gz", s.deps.Folder().Name, s.deps.Now().In(period.Shanghai).Format("20060102-1504"))
	download(c, name, "liandu-backup.tar.gz", info.Size(), f)
	return nil
}
