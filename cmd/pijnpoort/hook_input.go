package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"

	"github.com/pijnpoort/pijnpoort/cmd/pijnpoort/internal/caller"
)

// document reads the input, of which no more than limit bytes may come.
func (m *Main) document(path string, limit int64) ([]byte, error) {
	file, err := m.open(input{path: path})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, opening(err))
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, limit+1))
	if err == nil && len(content) > 1 && content[0] == 0x1f && content[1] == 0x8b {
		content, err = unzipped(content, limit)
	}
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: cannot be read: %w", path, err)
	case int64(len(content)) > limit:
		return nil, fmt.Errorf("%s: is longer than %d bytes (limits.bytes)", path, limit)
	}
	return content, nil
}

// unzipped undoes gzip, up to one byte more than the limit.
func unzipped(content []byte, limit int64) ([]byte, error) {
	plain, err := gzip.NewReader(bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(plain, limit+1))
}

// order is an order of the record, or those in a file.
func (m *Main) order(record *caller.Record, name string) ([]*caller.Resource, error) {
	if one := record.Find(name); one != nil {
		return []*caller.Resource{one}, nil
	}
	content, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("%s is no resource of the input, and as a file it %w", name, opening(err))
	}
	orders, err := caller.ReadRecord(content)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return orders.Resources, nil
}
