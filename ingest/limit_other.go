//go:build !unix

package ingest

import "syscall"

func limitAddressSpace(uint64) {}

func childAttr() *syscall.SysProcAttr { return nil }
