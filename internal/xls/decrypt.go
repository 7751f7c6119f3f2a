package xls

import (
	"bytes"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha1"
	"unicode/utf16"
)

// defaultPassword is what Excel encrypts with when the structure of a workbook is protected though no password is set
// to open it, and what it tries by itself before it asks, [MS-XLS] 2.2.10. To its author such a file has no password.
const defaultPassword = "VelvetSweatshop"

// blockSize is the stretch of the stream under one key.
const blockSize = 1024

// decrypt gives the stream in clear when the FilePass record, [MS-XLS] 2.4.117, was made with Excel's own password, or
// ErrEncrypted. Only the data of the records behind it are encrypted, not their headers.
func decrypt(stream []byte, pass record) ([]byte, error) {
	key, ok := newPassKey(pass.data)
	if !ok {
		return nil, ErrEncrypted
	}
	mask := make([]byte, len(stream)) // the key stream runs on under what is not encrypted
	for at, block := 0, 0; at < len(mask); at, block = at+blockSize, block+1 {
		part := mask[at:min(at+blockSize, len(mask))]
		c, err := rc4.NewCipher(key.block(block))
		if err != nil {
			return nil, ErrEncrypted
		}
		c.XORKeyStream(part, part)
	}
	out := bytes.Clone(stream)
	s := records{stream: stream, at: pass.at + 4 + len(pass.data)}
	for {
		r, ok := s.next()
		if !ok {
			return out, nil
		}
		from, to := r.at+4, r.at+4+len(r.data)
		switch {
		case clearRecords[r.id]:
			continue
		case r.id == recBoundSheet: // its place in the stream stays readable
			from = min(from+4, to)
		}
		for i := from; i < to; i++ {
			out[i] ^= mask[i]
		}
	}
}

// clearRecords are never encrypted: BOF, FilePass, UsrExcl, FileLock, InterfaceHdr, RRDInfo, RRDHead.
var clearRecords = map[uint16]bool{
	recBOF: true, recFilePass: true, 0x0194: true, 0x0195: true, 0x00E1: true, 0x0196: true, 0x0138: true,
}

// passKey makes the RC4 key of each block.
type passKey struct {
	hash func([]byte) []byte
	base []byte
	size int // bytes of the hash that make the key
	full int // bytes of the key, zeros behind
}

// newPassKey reads the data of a FilePass record. It is false when the password is another, or the method is the XOR
// of Excel 95.
func newPassKey(d []byte) (passKey, bool) {
	var password []byte
	for _, u := range utf16.Encode([]rune(defaultPassword)) {
		password = le.AppendUint16(password, u)
	}
	r := record{data: d}
	major, minor := r.u16(2), r.u16(4)
	switch {
	case r.u16(0) != 1:
		return passKey{}, false
	case major == 1 && minor == 1 && len(d) >= 54: // [MS-OFFCRYPTO] 2.3.6: MD5, 40 bits
		first := md5Sum(password)
		base := md5Sum(bytes.Repeat(append(first[:5:5], d[6:22]...), 16))
		k := passKey{hash: md5Sum, base: base[:5:5], size: md5.Size, full: md5.Size}
		return k, k.opens(d[22:38], d[38:54])
	case major >= 2 && major <= 4 && minor == 2 && len(d) >= 14: // [MS-OFFCRYPTO] 2.3.5: CryptoAPI
		head := int64(le.Uint32(d[10:])) // of the encryption header from byte 14, the verifier behind it
		if head < 20 || 14+head+60 > int64(len(d)) {
			return passKey{}, false
		}
		size, v := int(le.Uint32(d[30:]))/8, d[14+head:]
		k := passKey{hash: sha1Sum, base: sha1Sum(append(v[4:20:20], password...)), size: size, full: size}
		if size == 0 || size == 5 {
			k.size, k.full = 5, 16
		}
		if k.size > 16 {
			return passKey{}, false
		}
		return k, k.opens(v[20:36], v[40:60])
	}
	return passKey{}, false
}

// block returns the key of a block of the stream.
func (k passKey) block(n int) []byte {
	sum := k.hash(le.AppendUint32(k.base[:len(k.base):len(k.base)], uint32(n)))
	key := make([]byte, k.full)
	copy(key, sum[:k.size])
	return key
}

// opens reports whether the key decrypts a verifier and its hash to two that agree.
func (k passKey) opens(verifier, hash []byte) bool {
	c, err := rc4.NewCipher(k.block(0))
	if err != nil {
		return false
	}
	plain := make([]byte, len(verifier)+len(hash))
	c.XORKeyStream(plain, append(verifier[:len(verifier):len(verifier)], hash...))
	return bytes.Equal(k.hash(plain[:len(verifier)]), plain[len(verifier):])
}

func md5Sum(b []byte) []byte {
	sum := md5.Sum(b)
	return sum[:]
}

func sha1Sum(b []byte) []byte {
	sum := sha1.Sum(b)
	return sum[:]
}
