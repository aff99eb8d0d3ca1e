package decode

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"iter"
	"strconv"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// Charts reads whatever the input is: one document as in Bundle, JSON or XML, or
// NDJSON with one JSON value per line; any of these may be gzipped, also as several gzip streams
// one after the other.
//
// Of NDJSON, a line with a Bundle or Parameters is a chart of its own, with
// Source "source:line". Other resources, as a bulk export has them, are grouped
// by the patient they are about: a chart per patient, with the Source of the
// first line. What is about nobody (Medication, Practitioner, PractitionerRole,
// Organization, Questionnaire, ValueSet, CodeSystem, a Device without patient) is in every chart that
// refers to it, directly or not; it is shared between them, so do not change it.
// What no chart refers to is left out, as are lines of types that are not read
// and name no patient.
//
// Charts come in the order of their first lines. Those of Bundle lines come as
// they are read until the first resource line; from there on the rest is held
// until the end. A line that cannot be read gives a chart with nothing but its
// Source, and an *Error; reading goes on. A faulty resource that says whom it is
// about is in that patient's Rejected instead. When reading itself fails, the
// error of the reader comes last, wrapped in an *Error.
func Charts(source string, input io.Reader, limits Limits) iter.Seq2[*fhir.Chart, error] {
	return opened(source, input, limits, (*stream).read)
}

// opened reads the input as one document when it is one; else each gets its lines.
func opened(source string, input io.Reader, limits Limits, each func(*stream, *lines)) iter.Seq2[*fhir.Chart, error] {
	limits = limits.withDefaults()
	return func(yield func(*fhir.Chart, error) bool) {
		plain, err := decompressed(input)
		if err != nil {
			yield(refused(source, codeStructure, "not a readable gzip stream"))
			return
		}
		l := &lines{limit: limits.Bytes, input: bufio.NewReaderSize(plain, 64<<10)}
		s := &stream{source: source, limits: limits, yield: yield}
		if startsXML(l.input) {
			s.document(whole(l.input, limits.Bytes))
			return
		}
		if document, ok := l.document(); ok {
			s.document(document, l.err)
			return
		}
		l.decided = true
		each(s, l)
	}
}

// refused is the chart and error of an input that could not be read.
func refused(source, code, reason string) (*fhir.Chart, error) {
	return &fhir.Chart{Source: source}, &Error{Source: source, Entry: -1, Code: code, Reason: reason}
}

// decompressed undoes gzip when the input starts as gzip does.
func decompressed(input io.Reader) (io.Reader, error) {
	b := bufio.NewReaderSize(input, 64<<10)
	if magic, _ := b.Peek(2); len(magic) < 2 || magic[0] != 0x1f || magic[1] != 0x8b {
		return b, nil
	}
	return gzip.NewReader(b)
}

// startsXML is isXML for an input still to be read.
func startsXML(b *bufio.Reader) bool {
	for n := 1; n <= b.Size(); n++ {
		start, err := b.Peek(n)
		if err != nil {
			return false
		}
		if c := start[n-1]; strings.IndexByte(blanks, c) < 0 && !bytes.HasPrefix(byteOrderMark, start) {
			return isXML(start)
		}
	}
	return false
}

// whole reads an input that is one document of at most limit bytes.
func whole(input io.Reader, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(input, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = errTooLong
	}
	return data, err
}

// stream turns lines into charts.
type stream struct {
	source string
	limits Limits
	yield  func(*fhir.Chart, error) bool

	groups   *groups // nil until the first resource line
	position int     // of the next resource line among those
	stopped  bool    // the caller wants no more
}

// document gives the chart of an input that is one document.
func (s *stream) document(data []byte, err error) {
	if err != nil {
		s.yield(unreadable(s.source, err))
		return
	}
	c, err := Bundle(s.source, data, s.limits)
	if err != nil {
		c = &fhir.Chart{Source: s.source}
	}
	s.yield(c, err)
}

func (s *stream) read(l *lines) {
	for line := range l.all() {
		if s.stopped {
			return
		}
		source := s.source + ":" + strconv.Itoa(line.number)
		if line.tooLong {
			s.give(refused(source, codeTooLong, "longer than "+strconv.FormatInt(s.limits.Bytes, 10)+" bytes"))
			continue
		}
		s.line(source, line)
	}
	if l.err != nil {
		s.give(unreadable(s.source, l.err))
	}
	if s.groups != nil && !s.stopped {
		s.groups.charts(s.yield)
	}
}

// line reads one line: a chart of its own, or a resource of a group.
func (s *stream) line(source string, line line) {
	r := newReader(source, line.number, line.data, s.limits)
	own := containers[r.lookAhead("resourceType")] != nil
	if !own {
		r.references = new([]string)
		r.entries = s.position
		s.position++
	}
	err := r.document()
	switch {
	case err == nil && own:
		if err = onePatient(r.chart); err == nil {
			r.remarks.close(r.chart)
		}
	case err == nil:
		if s.groups == nil {
			s.groups = newGroups(s.limits.Entries)
		}
		if err = s.groups.add(r); err == nil {
			return
		}
	}
	if err != nil {
		r.chart = &fhir.Chart{Source: source}
	}
	s.give(r.chart, err)
}

// give hands a chart to the caller, or holds it when groups are open, so that
// charts come in the order of their lines.
func (s *stream) give(c *fhir.Chart, err error) {
	if s.stopped {
		return
	}
	if s.groups != nil {
		s.groups.hold(c, err)
		return
	}
	s.stopped = !s.yield(c, err)
}

// unreadable is the chart and error of an input whose reader failed. The
// cause is kept for errors.Is.
func unreadable(source string, cause error) (*fhir.Chart, error) {
	reason := "reading failed"
	switch {
	case errors.Is(cause, errTooLong):
		reason = cause.Error()
		return &fhir.Chart{Source: source}, &Error{Source: source, Entry: -1, Code: codeTooLong, Reason: reason}
	case errors.Is(cause, io.ErrUnexpectedEOF), errors.Is(cause, gzip.ErrChecksum), errors.Is(cause, gzip.ErrHeader):
		reason = "the gzip stream is damaged"
	}
	return &fhir.Chart{Source: source}, &Error{Source: source, Entry: -1, Code: codeIncomplete, Reason: reason, cause: cause}
}
