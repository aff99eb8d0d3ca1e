package decode

import (
	"io"
	"iter"
	"strconv"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// Documents reads what Charts reads without putting the lines of a bulk export
// together: every line is a chart of its own, so that no more than one is held. Its
// references to other lines lead nowhere.
func Documents(source string, input io.Reader, limits Limits) iter.Seq2[*fhir.Chart, error] {
	return opened(source, input, limits, (*stream).oneByOne)
}

// oneByOne gives each line as a chart.
func (s *stream) oneByOne(l *lines) {
	for line := range l.all() {
		at := s.source + ":" + strconv.Itoa(line.number)
		chart, err := &fhir.Chart{Source: at}, error(nil)
		if line.tooLong {
			chart, err = refused(at, codeTooLong, "longer than "+strconv.FormatInt(s.limits.Bytes, 10)+" bytes")
		} else if read, fault := Bundle(at, line.data, s.limits); fault != nil {
			err = fault
		} else {
			chart = read
		}
		s.give(chart, err)
		if s.stopped {
			return
		}
	}
	if l.err != nil {
		s.give(unreadable(s.source, l.err))
	}
}
