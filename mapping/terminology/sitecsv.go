package terminology

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// readCSV reads a table of a site.
func readCSV(content []byte) (mappings []mapping, faults []error) {
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	reader := csv.NewReader(bytes.NewReader(content))
	header, _, _ := bytes.Cut(content, []byte("\n"))
	if bytes.IndexByte(header, ',') < 0 {
		reader.Comma = ';'
	}
	reader.TrimLeadingSpace = true
	columns, err := reader.Read()
	if errors.Is(err, io.EOF) {
		return nil, []error{errors.New("line 1: the header is missing")}
	}
	if err != nil {
		return nil, []error{err}
	}
	for i := range columns {
		columns[i] = strings.ToLower(strings.TrimSpace(columns[i]))
	}
	for _, column := range []string{"system", "code", "concept"} {
		if !slices.Contains(columns, column) {
			faults = append(faults, fmt.Errorf("line 1: the column %s is missing", column))
		}
	}
	if len(faults) > 0 {
		return nil, faults
	}
	for {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return mappings, faults
		}
		if err != nil {
			return mappings, append(faults, err)
		}
		line, _ := reader.FieldPos(0)
		cell := func(column string) string {
			i := slices.Index(columns, column)
			if i < 0 {
				return ""
			}
			return strings.TrimSpace(record[i])
		}
		if cell("concept") == "" && slices.Contains(columns, "count") {
			continue // a work list, which may be filled in bit by bit
		}
		m, err := newMappings(cell("system"), cell("code"), cell("concept"), cell("equivalence"))
		if err != nil {
			faults = append(faults, fmt.Errorf("line %d: %w", line, err))
			continue
		}
		mappings = append(mappings, m...)
	}
}
