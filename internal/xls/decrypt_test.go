package xls

import (
	"bytes"
	"encoding/hex"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// ownPassword are FilePass records made with Excel's own password, and the first bytes of the key stream of the second
// block. They come from another implementation of [MS-OFFCRYPTO], in Python.
var ownPassword = []struct{ name, pass, second string }{
	{"MD5", "0100010001000102030405060708090a0b0c0d0e0f1007e3e749d40c0c55a40279bf3cf8e27b6cefbd17d125e9de04c5fa13" +
		"5ecd460f", "fe471d9a785aa9c9"},
	{"CryptoAPI, 128 bits", "0100020002000400000024000000040000000000000001680000048000008000000001000000000000000000000078000000" +
		"100000000102030405060708090a0b0c0d0e0f10c63a8385b2512cf120efb7458db00f581400000025882e7abf702d9f20ae" +
		"ced90b89eda2a1cbcfec", "e792947f54f9ce40"},
	{"CryptoAPI, 40 bits", "0100020002000400000024000000040000000000000001680000048000002800000001000000000000000000000078000000" +
		"100000000102030405060708090a0b0c0d0e0f104c5fd5ebeb1ee0abaf57f21b89ec003d14000000368ff07dca9acd7fb1d8" +
		"d059f2a954a29febebb8", "462d5ab09167f4b6"},
}

func unhex(s string) []byte {
	b, err := hex.DecodeString(s)
	if err != nil {
		panic(err)
	}
	return b
}

// TestOwnPassword: a workbook whose structure is protected is encrypted, and read like any other.
func TestOwnPassword(t *testing.T) {
	t.Parallel()
	for _, tt := range ownPassword {
		b := sample()
		want := open(t, b.file())
		b.globals = slices.Concat(rec(recFilePass, unhex(tt.pass)), b.globals)
		clear := b.stream()
		pass, _ := (&records{stream: clear, at: 20}).next()
		stream, err := decrypt(clear, pass) // RC4 does and undoes the same
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		if bytes.Contains(stream, wide("推进中", 2)) {
			t.Errorf("%s: the test's own file is not encrypted", tt.name)
		}
		if diff := cmp.Diff(want, open(t, compound("Workbook", stream))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
		for n := range stream {
			if got, err := Open(bytes.NewReader(stream[:n]), int64(n), Limits{}); err == nil {
				t.Fatalf("%s cut at %d: %+v", tt.name, n, got)
			}
		}
	}
}

// TestKeyStream compares the second block with the other implementation.
func TestKeyStream(t *testing.T) {
	t.Parallel()
	for _, tt := range ownPassword {
		stream := slices.Concat(rec(recFilePass, unhex(tt.pass)), rec(0x00EB, make([]byte, 2000)))
		pass, _ := (&records{stream: stream}).next()
		got, err := decrypt(stream, pass)
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		if want := unhex(tt.second); !bytes.Equal(got[blockSize:blockSize+8], want) {
			t.Errorf("%s: second block %x, want %x", tt.name, got[blockSize:blockSize+8], want)
		}
	}
}

// TestOtherPassword: anything else that is encrypted is said to be so, however odd its FilePass.
func TestOtherPassword(t *testing.T) {
	t.Parallel()
	change := func(i, at int, b ...byte) []byte {
		d := unhex(ownPassword[i].pass)
		copy(d[at:], b)
		return d
	}
	tests := map[string][]byte{
		"xor":            u16(0, 1, 2),
		"empty":          nil,
		"short":          unhex(ownPassword[0].pass)[:40],
		"md5 salt":       change(0, 6, 99),
		"method":         change(0, 2, 9),
		"header size":    change(1, 10, 0xFF, 0xFF, 0xFF, 0xFF),
		"header small":   change(1, 10, 3),
		"key size":       change(1, 30, 0xFF, 0xFF, 0xFF, 0xFF),
		"key of a byte":  change(1, 30, 8, 0, 0, 0),
		"crypto salt":    change(2, 60, 1, 2, 3, 4, 5, 6),
		"crypto cut off": unhex(ownPassword[1].pass)[:100],
	}
	for name, pass := range tests {
		file := biff8(rec(recFilePass, pass), sheet("表")).file()
		if err := openErr(t, file, Limits{}); !errors.Is(err, ErrEncrypted) {
			t.Errorf("%s: Open = %v, want ErrEncrypted", name, err)
		}
	}
	twice := rec(recFilePass, unhex(ownPassword[0].pass))
	if err := openErr(t, biff8(join(twice, twice), sheet("表")).file(), Limits{}); !errors.Is(err, ErrDamaged) {
		t.Errorf("two FilePass: Open = %v, want ErrDamaged", err)
	}
}
