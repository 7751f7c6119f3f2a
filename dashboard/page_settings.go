package dashboard

import (
	"context"
	"database/sql"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"liandu/dashboard/view"
	"liandu/internal/fault"
	"liandu/internal/journal"
	"liandu/internal/setting"
	"liandu/internal/store"
)

// settings is 系统管理 · 设置: offices, contacts, numbers, and one year's deadline with the document that set it.
func (s *Server) settings(c *gin.Context) error {
	year, err := s.settingYear(c)
	if err != nil {
		return err
	}
	now, err := setting.Load(c.Request.Context(), s.deps.Store.DB(), time.Time{})
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, "admin_settings", view.NewSettings(year, now, ""))
}

// settingsPost writes what was changed, all or nothing.
func (s *Server) settingsPost(c *gin.Context) error {
	year, err := s.settingYear(c)
	if err != nil {
		return err
	}
	typed := setting.Settings{}
	for _, k := range view.SettingKeys(year) {
		typed[k.ID] = strings.TrimSpace(c.PostForm(k.ID))
	}
	lines, err := s.deps.Store.Update(c.Request.Context(), func(ctx context.Context, db *sql.DB, _ int64) ([]journal.Entry, error) {
		before, err := setting.Load(ctx, db, time.Time{})
		if err != nil {
			return nil, err
		}
		var entries []journal.Entry
		for _, k := range view.SettingKeys(year) {
			value := typed[k.ID]
			if value == before[k.ID] {
				continue
			}
			if err := setting.Check(k.ID, value); err != nil {
				return nil, err
			}
			entries = append(entries, journal.Entry{
				At: s.deps.Now(), Actor: account(c).Login, Action: store.ActionSettingChanged, Subject: k.ID,
				Data: store.SettingChanged{Key: k.ID, Value: value},
			})
		}
		return entries, nil
	})
	if code := fault.CodeOf(err); code == fault.Invalid {
		return s.render(c, fault.Status(code), "admin_settings", view.NewSettings(year, typed, err.Error()))
	}
	if err != nil {
		return err
	}
	back := "/admin/settings?year=" + strconv.Itoa(year)
	if len(lines) == 0 {
		return redirect(c, back, "没有改动。")
	}
	return redirect(c, back, "设置已保存，每项改动都记入操作日志。")
}

// settingYear is the year whose deadline is set: the address's, else the last reported one.
func (s *Server) settingYear(c *gin.Context) (int, error) {
	last, err := s.lastQuarter(c.Request.Context())
	if err != nil {
		return 0, err
	}
	return year(c.Query("year"), last)
}
