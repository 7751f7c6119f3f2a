package dashboard

import (
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"liandu/internal/fault"
	"liandu/internal/matter"
	"liandu/internal/store"
)

// Limits of the files of one step.
const (
	matterLimit    = 60 << 20 // of the request
	matterFileSize = 20 << 20
	fileLimitWords = "每个不超过 20 MB，一次最多 10 个、共 50 MB"
	matterFilesSum = 50 << 20
)

// parseForm reads an ordinary form or one with files.
func parseForm(c *gin.Context) error {
	if err := longRequest(c); err != nil {
		return err
	}
	err := c.Request.ParseMultipartForm(uploadMemory)
	if errors.Is(err, http.ErrNotMultipart) {
		return nil // ParseForm has read it
	}
	if err != nil {
		return multipartFault(err)
	}
	return nil
}

// dropForm removes what a form's files took of the disk.
func (s *Server) dropForm(c *gin.Context) {
	if c.Request.MultipartForm == nil {
		return
	}
	if err := c.Request.MultipartForm.RemoveAll(); err != nil {
		s.deps.Log.Error("remove uploaded temporary files", "request", c.GetString(keyRequest), "error", err)
	}
}

// keepFiles keeps the files of a form as blobs, all or none of them named afterwards.
func (s *Server) keepFiles(c *gin.Context) ([]store.MatterFile, error) {
	if c.Request.MultipartForm == nil {
		return nil, nil
	}
	files := slices.DeleteFunc(slices.Clone(c.Request.MultipartForm.File["file"]), func(f *multipart.FileHeader) bool {
		return f.Filename == "" && f.Size == 0 // a browser's empty field
	})
	var sum int64
	for _, f := range files {
		sum += f.Size
		switch {
		case f.Size == 0:
			return nil, fault.New(fault.Invalid, fmt.Sprintf("附件「%s」是空文件。", fileName(f.Filename)), "请检查后重新选择附件。")
		case f.Size > matterFileSize:
			return nil, fault.New(fault.TooLarge, fmt.Sprintf("附件「%s」有 %d MB，超过 20 MB。", fileName(f.Filename), f.Size>>20), "请压缩图片或分几次上传，并重新选择附件。")
		}
	}
	if len(files) > matter.MaxFiles {
		return nil, fault.New(fault.Invalid, fmt.Sprintf("附件有 %d 个，一次最多 %d 个。", len(files), matter.MaxFiles), "请合并成一个压缩包后上传。")
	}
	if sum > matterFilesSum {
		return nil, fault.New(fault.TooLarge, fmt.Sprintf("附件共 %d MB，超过 50 MB。", sum>>20), "请压缩图片或分几次上传，并重新选择附件。")
	}
	if err := s.deps.Store.NeedSpace(sum); err != nil {
		return nil, err
	}
	var out []store.MatterFile
	for _, f := range files {
		kept, err := s.keepFile(f)
		if err != nil {
			return nil, err
		}
		out = append(out, kept)
	}
	return out, nil
}

func (s *Server) keepFile(f *multipart.FileHeader) (store.MatterFile, error) {
	body, err := f.Open()
	if err != nil {
		return store.MatterFile{}, fmt.Errorf("open uploaded file: %w", err)
	}
	defer body.Close()
	sum, size, err := s.deps.Store.Blobs().Put(body)
	return store.MatterFile{Name: fileName(f.Filename), SHA256: sum, Size: size}, err
}
