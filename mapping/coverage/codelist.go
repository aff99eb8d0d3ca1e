package coverage

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// ReadList counts the lines of a code list in CSV: a header with the column code, and
// system, display and count if wanted; others are left alone. It may be separated by
// commas or semicolons. A line without count counts once, and one without system and
// code is a text.
//
// The errors, each with its line, are of the lines that were left out; the file
// itself being no CSV ends the reading.
func (t *Tally) ReadList(input io.Reader) error {
	t.totals.Documents++
	b := bufio.NewReaderSize(input, 64<<10)
	if mark, _ := b.Peek(3); string(mark) == "\ufeff" {
		_, _ = b.Discard(len(mark)) // it was peeked
	}
	reader := csv.NewReader(b)
	reader.TrimLeadingSpace = true
	reader.ReuseRecord = true
	start, _ := b.Peek(b.Size())
	if header, _, _ := strings.Cut(string(start), "\n"); !strings.Contains(header, ",") {
		reader.Comma = ';'
	}
	header, err := reader.Read()
	if errors.Is(err, io.EOF) {
		return errors.New("line 1: the header is missing")
	}
	if err != nil {
		return err
	}
	columns := make([]string, len(header))
	for i, name := range header {
		columns[i] = strings.ToLower(strings.TrimSpace(name))
	}
	if !slices.Contains(columns, "code") {
		return errors.New("line 1: the column code is missing")
	}
	var faults []error
	for {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return errors.Join(faults...)
		}
		if err != nil {
			return errors.Join(append(faults, err)...)
		}
		if err := t.listLine(columns, record); err != nil && len(faults) < maxFaults {
			line, _ := reader.FieldPos(0)
			faults = append(faults, fmt.Errorf("line %d: %w", line, err))
		}
	}
}

// maxFaults is how many faulty lines are told.
const maxFaults = 20

func (t *Tally) listLine(columns, record []string) error {
	cell := func(column string) string {
		if i := slices.Index(columns, column); i >= 0 {
			return strings.TrimSpace(record[i])
		}
		return ""
	}
	count := 1
	if text := cell("count"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 {
			return errors.New("count is not a number of 1 or more")
		}
		count = n
	}
	if cell("code") == "" && (cell("system") != "" || cell("display") == "") {
		return errors.New("code is missing")
	}
	t.AddListed(cell("system"), cell("code"), cell("display"), count)
	return nil
}
