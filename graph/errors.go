package graph

import (
	"errors"
	"fmt"
)

// Code says what went wrong, in words that are part of the public contract.
type Code string

// The codes.
const (
	BadInput        Code = "BAD_USER_INPUT"
	NotFound        Code = "NOT_FOUND"
	Conflict        Code = "CONFLICT"
	CostExceeded    Code = "COST_EXCEEDED"
	Timeout         Code = "TIMEOUT"
	Overloaded      Code = "OVERLOADED"
	Unavailable     Code = "UNAVAILABLE"
	Internal        Code = "INTERNAL"
	Unauthenticated Code = "UNAUTHENTICATED"
	Forbidden       Code = "FORBIDDEN"
	PurposeRequired Code = "PURPOSE_REQUIRED"
	PurposeDenied   Code = "PURPOSE_DENIED"
)

// Error is the one error that crosses package borders. Message is for the caller; Err is for the log and never shown.
type Error struct {
	Code    Code
	Message string
	Err     error
}

func (e *Error) Error() string {
	if e.Err == nil {
		return e.Message
	}
	return fmt.Sprintf("%s: %v", e.Message, e.Err)
}

func (e *Error) Unwrap() error { return e.Err }

// Invalid is an error of the caller's, which names what was wrong.
func Invalid(format string, args ...any) error {
	return &Error{Code: BadInput, Message: fmt.Sprintf(format, args...)}
}

// Translated gives an error of a database's driver a code and a message, unless it has them.
func Translated(err error, classified func() (Code, string)) error {
	var known *Error
	var batch *BatchError
	if err == nil || errors.As(err, &known) || errors.As(err, &batch) {
		return err
	}
	code, message := classified()
	return &Error{Code: code, Message: message, Err: err}
}

// CodeOf is the code of the first Error in err's chain, else Internal.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Internal
}
