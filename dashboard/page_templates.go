package dashboard

import (
	"archive/zip"
	"bytes"
	"fmt"

	"github.com/gin-gonic/gin"

	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
)

// blank hands over the blank workbook of one unit and quarter.
func (s *Server) blank(c *gin.Context) error {
	r, err := s.deps.Registry(c.Request.Context())
	if err != nil {
		return err
	}
	unit, ok := r.Unit(record.UnitCode(c.Param("unit")))
	scope := account(c).Scope()
	if !ok || !unit.Submitter || scope != "" && unit.Code != scope {
		return fault.New(fault.NotFound, "没有这个填报单位。", "请从「报送管理」进入。")
	}
	q, err := s.quarter(c)
	if err != nil {
		return err
	}
	body, err := s.blankOf(c, unit, q)
	if err != nil {
		return err
	}
	download(c, blankName(unit, q), fmt.Sprintf("%s-%s.xlsx", unit.Code, q), int64(len(body)), bytes.NewReader(body))
	return nil
}

// blanks hands over the blank workbooks of every unit the account may see, in one zip.
func (s *Server) blanks(c *gin.Context) error {
	q, err := s.quarter(c)
	if err != nil {
		return err
	}
	if err := longRequest(c); err != nil {
		return err
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	units, err := s.submitters(c.Request.Context())
	if err != nil {
		return err
	}
	for _, unit := range units {
		if scope := account(c).Scope(); scope != "" && unit.Code != scope {
			continue
		}
		body, err := s.blankOf(c, unit, q)
		if err != nil {
			return err
		}
		w, err := z.Create(blankName(unit, q))
		if err != nil {
			return fmt.Errorf("add blank workbook of %s: %w", unit.Code, err)
		}
		if _, err := w.Write(body); err != nil {
			return fmt.Errorf("add blank workbook of %s: %w", unit.Code, err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("finish zip of blank workbooks: %w", err)
	}
	download(c, "季度报表_"+q.String()+".zip", "templates-"+q.String()+".zip", int64(out.Len()), &out)
	return nil
}

func (s *Server) blankOf(c *gin.Context, unit record.Unit, q period.Quarter) ([]byte, error) {
	if s.deps.Blank == nil {
		return nil, fault.New(fault.Unavailable, "本系统没有提供空白报表。", "请与系统管理员联系。")
	}
	var body bytes.Buffer
	if err := s.deps.Blank(c.Request.Context(), &body, unit.Code, q); err != nil {
		return nil, fmt.Errorf("write blank workbook of %s %s: %w", unit.Code, q, err)
	}
	return body.Bytes(), nil
}

func blankName(unit record.Unit, q period.Quarter) string {
	return fmt.Sprintf("%s_季度报表_%s.xlsx", unit.Name, q)
}
