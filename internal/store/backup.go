package store

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"liandu/internal/fault"
)

// backupFolders are the folders beside journal and blobs that a copy takes along when they exist: a user's own regimes.
var backupFolders = []string{"regime"}

// Backup writes a whole consistent copy of the folder to file: the journal as it is now, every blob, and the user's
// regimes. The projection is left out: it is made again. The copy gets its name only when it is whole and on disk.
// A disk that could not take it whole is refused beforehand (fault.NoSpace): filled up, it would stop the database.
func (s *Store) Backup(file string) (err error) {
	if err := s.needSpaceForBackup(filepath.Dir(file)); err != nil {
		return err
	}
	tmp := file + ".part"
	f, err := os.OpenFile(tmp, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return fault.Wrap(fault.Unavailable, fmt.Sprintf("备份文件「%s」无法写入。", file), "请换一个有写入权限的位置。", err)
	}
	defer func() {
		if err != nil {
			err = diskFault(errors.Join(err, os.Remove(tmp)), "备份没有完成。")
		}
	}()
	if err := s.writeBackup(f); err != nil {
		return errors.Join(err, f.Close())
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("sync backup: %w", err)
	}
	if err := os.Rename(tmp, file); err != nil {
		return fmt.Errorf("name backup: %w", err)
	}
	return nil
}

// needSpaceForBackup counts what goes into a copy as it lies; most of it is packed already.
func (s *Store) needSpaceForBackup(dir string) error {
	var size int64
	for _, folder := range append([]string{".", blobName}, backupFolders...) {
		entries, err := os.ReadDir(filepath.Join(s.dir, folder))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("list %s for backup: %w", folder, err)
		}
		for _, e := range entries {
			if folder == "." && e.Name() != journalName {
				continue
			}
			if info, err := e.Info(); err == nil && info.Mode().IsRegular() {
				size += info.Size()
			}
		}
	}
	free, err := freeSpace(dir)
	if err != nil {
		return fault.Wrap(fault.Unavailable, fmt.Sprintf("备份目录「%s」无法使用。", dir), "请换一个已有且有写入权限的位置。", err)
	}
	if free < uint64(size)+floor {
		return fault.New(fault.NoSpace, fmt.Sprintf("磁盘只剩 %d MB，备份约需 %d MB，没有备份。", free>>20, size>>20), "请清理磁盘，或备份到别的磁盘。")
	}
	return nil
}

func (s *Store) writeBackup(w io.Writer) error {
	// Under the writer's lock the journal has whole lines only and names no blob that is not there.
	s.mu.Lock()
	names := []string{journalName}
	journal, err := os.ReadFile(filepath.Join(s.dir, journalName))
	s.mu.Unlock()
	if err != nil {
		return fmt.Errorf("read journal for backup: %w", err)
	}
	sums, err := s.blobs.List()
	if err != nil {
		return err
	}
	for _, sum := range sums {
		names = append(names, blobName+"/"+sum)
	}
	for _, folder := range backupFolders {
		entries, err := os.ReadDir(filepath.Join(s.dir, folder))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("list %s for backup: %w", folder, err)
		}
		for _, e := range entries {
			if e.Type().IsRegular() {
				names = append(names, folder+"/"+e.Name())
			}
		}
	}
	zw := gzip.NewWriter(w)
	tw := tar.NewWriter(zw)
	for _, name := range names {
		b := journal
		if name != journalName {
			if b, err = os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(name))); err != nil {
				return fmt.Errorf("read %s for backup: %w", name, err)
			}
		}
		head := &tar.Header{Name: name, Mode: 0o600, Size: int64(len(b)), ModTime: time.Unix(0, 0), Format: tar.FormatPAX}
		if err := tw.WriteHeader(head); err != nil {
			return fmt.Errorf("write backup: %w", err)
		}
		if _, err := tw.Write(b); err != nil {
			return fmt.Errorf("write backup: %w", err)
		}
	}
	return errors.Join(tw.Close(), zw.Close())
}

// Restore unpacks a backup into dir, which must be empty or not exist, opens it and verifies it. What was unpacked of
// a copy that is not whole is removed again.
func Restore(ctx context.Context, file, dir string, opt Options) (Report, error) {
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return Report{}, fault.New(fault.Conflict, fmt.Sprintf("目录「%s」不是空的，没有恢复。", dir), "请用 --data 指定一个空目录。")
	}
	if err := unpack(file, dir); err != nil {
		return Report{}, errors.Join(fault.Wrap(fault.Invalid, fmt.Sprintf("备份文件「%s」不完整或不是联督的备份。", file), "请换用另一份备份。", err), os.RemoveAll(dir))
	}
	s, err := Open(ctx, dir, opt)
	if err != nil {
		return Report{}, err
	}
	r, err := s.Verify(ctx)
	return r, errors.Join(err, s.Close())
}

func unpack(file, dir string) (err error) {
	f, err := os.Open(file)
	if err != nil {
		return fmt.Errorf("open backup: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	zr, err := gzip.NewReader(f)
	if err != nil {
		return fmt.Errorf("open backup: %w", err)
	}
	tr := tar.NewReader(zr)
	for {
		head, err := tr.Next()
		if err == io.EOF {
			return requireJournal(dir)
		}
		if err != nil {
			return fmt.Errorf("read backup: %w", err)
		}
		if !backupMember(head.Name) {
			return fmt.Errorf("backup holds an unexpected member %q", head.Name)
		}
		if err := unpackOne(tr, filepath.Join(dir, filepath.FromSlash(head.Name))); err != nil {
			return err
		}
	}
}

func requireJournal(dir string) error {
	if !Exists(dir) {
		return errors.New("backup holds no journal")
	}
	return nil
}

// backupMember accepts the journal and files one level below the folders a backup has.
func backupMember(name string) bool {
	if name == journalName {
		return true
	}
	folder, base, ok := strings.Cut(name, "/")
	if !ok || base == "" || strings.ContainsAny(base, `/\`) || strings.HasPrefix(base, ".") {
		return false
	}
	if folder == blobName {
		return true
	}
	for _, f := range backupFolders {
		if folder == f {
			return true
		}
	}
	return false
}

func unpackOne(r io.Reader, path string) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("create folder: %w", err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("create %s: %w", filepath.Base(path), err)
	}
	if _, err := io.Copy(f, r); err != nil {
		return errors.Join(fmt.Errorf("unpack %s: %w", filepath.Base(path), err), f.Close())
	}
	return errors.Join(f.Sync(), f.Close())
}
