package decode

import (
	"bufio"
	"io"
	"iter"
	"strconv"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// Documents reads what Charts reads without putting the lines of a bulk export
// together: every line is a chart of its own, so that no more than one is held. Its
// references to other lines lead nowhere.
func Documents(source string, input io.Reader, limits Limits) iter.Seq2[*fhir.Chart, error] {
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
		for line := range l.all() {
			at := source + ":" + strconv.Itoa(line.number)
			chart, err := &fhir.Chart{Source: at}, error(nil)
			if line.tooLong {
				chart, err = refused(at, codeTooLong, "longer than "+strconv.FormatInt(limits.Bytes, 10)+" bytes")
			} else if read, fault := Bundle(at, line.data, limits); fault != nil {
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
			s.give(unreadable(source, l.err))
		}
	}
}
