// Package fault holds the one error type that is meant for people: refused work, said in Chinese.
// Everything that is not a *fault.Error is a defect or an accident of ours and is never shown as it is.
// It must not import anything but the standard library.
package fault

import (
	"errors"
	"net/http"
)

// Code classes a refusal. It decides the HTTP status and the exit status, never the words.
type Code string

// The codes. Usage is a wrong call (exit 2); all others are refused work (exit 1).
const (
	Usage           Code = "usage"
	Invalid         Code = "invalid"
	NotFound        Code = "not_found"
	Conflict        Code = "conflict"
	Forbidden       Code = "forbidden"
	Unauthenticated Code = "unauthenticated"
	Locked          Code = "locked"
	TooLarge        Code = "too_large"
	NoSpace         Code = "no_space"
	Unavailable     Code = "unavailable"
)

// Error is refused work. Message says what is wrong and where, Hint what to do; both are Chinese sentences
// without a final 「。」 missing. Err is the cause for the log and may be nil.
type Error struct {
	Code    Code
	Message string
	Hint    string
	Err     error
}

// New returns a refusal with a message and a hint; hint may be empty.
func New(code Code, message, hint string) *Error {
	return &Error{Code: code, Message: message, Hint: hint}
}

// Wrap is New with the cause kept for the log.
func Wrap(code Code, message, hint string, err error) *Error {
	return &Error{Code: code, Message: message, Hint: hint, Err: err}
}

// Error returns message and hint as one line of Chinese.
func (e *Error) Error() string {
	if e.Hint == "" {
		return e.Message
	}
	return e.Message + e.Hint
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// CodeOf returns the code of the first *Error in the chain, or "" when there is none.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// Status maps a code to an HTTP status; an unknown or empty code is 500.
func Status(code Code) int {
	switch code {
	case Usage, Invalid:
		return http.StatusUnprocessableEntity
	case NotFound:
		return http.StatusNotFound
	case Conflict:
		return http.StatusConflict
	case Forbidden:
		return http.StatusForbidden
	case Unauthenticated:
		return http.StatusUnauthorized
	case Locked:
		return http.StatusLocked
	case TooLarge:
		return http.StatusRequestEntityTooLarge
	case NoSpace:
		return http.StatusInsufficientStorage
	case Unavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// Exit maps an error to the exit status of interface.md: 0 nil, 2 wrong usage, 1 everything else.
func Exit(err error) int {
	switch {
	case err == nil:
		return 0
	case CodeOf(err) == Usage:
		return 2
	}
	return 1
}
