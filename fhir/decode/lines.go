package decode

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"iter"
)

// line is one line of NDJSON that is not blank.
type line struct {
	number  int    // from 1
	data    []byte // without the line end
	tooLong bool   // data is lacking
	raw     []byte // the line as it stands, after blank lines; only while looking for a document
}

// lines cuts an input into lines of at most limit bytes.
type lines struct {
	limit   int64
	input   *bufio.Reader
	number  int
	ahead   []line // read while finding out what the input is
	decided bool   // that it is NDJSON
	err     error  // of the reader, io.EOF excepted
}

var errTooLong = errors.New("longer than the limit for one document")

// next reads the next line that is not blank.
func (l *lines) next() (line, bool) {
	var raw []byte
	for l.err == nil {
		data, long, ended := l.cut()
		l.number++
		if !l.decided && int64(len(raw)) <= l.limit {
			raw = append(raw, data...)
		}
		if len(bytes.TrimSpace(data)) > 0 || long {
			return line{l.number, bytes.TrimRight(data, "\r\n"), long, raw}, true
		}
		if ended {
			break
		}
	}
	return line{}, false
}

// cut reads up to and including the next line feed.
func (l *lines) cut() (data []byte, long, ended bool) {
	for {
		part, err := l.input.ReadSlice('\n')
		if !long && int64(len(data)+len(part)) > l.limit+2 { // the line end does not count
			data, long = nil, true
		}
		if !long {
			data = append(data, part...)
		}
		switch err {
		case nil:
			return data, long, false
		case bufio.ErrBufferFull:
		case io.EOF:
			return data, long, true
		default:
			l.err = err
			return nil, false, true
		}
	}
}

// all are the lines, those read ahead first.
func (l *lines) all() iter.Seq[line] {
	return func(yield func(line) bool) {
		for _, line := range l.ahead {
			if !yield(line) {
				return
			}
		}
		for {
			line, ok := l.next()
			if !ok || !yield(line) {
				return
			}
		}
	}
}

// document returns the whole input when it is one document rather than NDJSON,
// which it is when its first line is no complete JSON value, or is the only line.
// NDJSON whose first line is damaged is told from a document by whether the whole
// is a complete value, and if not, whether some later line is.
func (l *lines) document() ([]byte, bool) {
	first, ok := l.next()
	if !ok || l.err != nil {
		return nil, true
	}
	l.ahead = []line{first}
	if first.tooLong {
		return nil, false
	}
	if complete(first.data) {
		second, more := l.next()
		if !more {
			return first.raw, true
		}
		l.ahead = append(l.ahead, second)
		return nil, false
	}
	whole := bytes.Clone(first.raw)
	later := false
	for int64(len(whole)) <= l.limit {
		line, more := l.next()
		if !more {
			break
		}
		l.ahead = append(l.ahead, line)
		whole = append(whole, line.raw...)
		later = later || complete(line.data)
	}
	switch {
	case int64(len(whole)) > l.limit && !later:
		l.err = errTooLong
		return nil, true
	case complete(whole) || !later:
		return whole, true
	}
	return nil, false
}

// complete reports whether the bytes are one object, by its brackets.
func complete(data []byte) bool {
	data = bytes.TrimSpace(data)
	if len(data) == 0 || data[0] != '{' {
		return false
	}
	depth := 0
	for i := 0; i < len(data); i++ {
		switch data[i] {
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i == len(data)-1
			}
		case '"':
			for i++; i < len(data) && data[i] != '"'; i++ {
				if data[i] == '\\' {
					i++
				}
			}
		}
	}
	return false
}
