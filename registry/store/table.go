package store

import (
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

// table is a table as a backup holds it.
type table struct {
	name    string
	columns []column
	order   string
	one     bool // a row that is there from the start, and is written over
}

// column is a column and how its values are written as JSON.
type column struct {
	name string
	form form
}

// form is a kind of value: a place to scan it to, how to write that, and back.
type form struct {
	place func() any
	write func(any) any
	read  func(json.RawMessage) (any, error)
}

// readAs reads a JSON value, null too, as what a statement takes.
func readAs[T any](take func(T) (any, error)) func(json.RawMessage) (any, error) {
	return func(text json.RawMessage) (any, error) {
		var value *T
		if err := json.Unmarshal(text, &value); err != nil {
			return nil, errors.New("a value has the wrong type")
		}
		if value == nil {
			return nil, nil
		}
		return take(*value)
	}
}

func same[T any](value T) (any, error) { return value, nil }

var (
	text = form{func() any { return new(sql.NullString) }, func(v any) any {
		if s := v.(*sql.NullString); s.Valid {
			return s.String
		}
		return nil
	}, readAs(same[string])}
	whole = form{func() any { return new(int64) }, func(v any) any { return v }, readAs(same[int64])}
	truth = form{func() any { return new(bool) }, func(v any) any { return v }, readAs(same[bool])}
	blob  = form{func() any { return new([]byte) }, func(v any) any { return v },
		readAs(func(s string) (any, error) { return base64.StdEncoding.DecodeString(s) })}
	moment = form{func() any { return new(time.Time) }, func(v any) any { return at(*v.(*time.Time)) },
		readAs(func(s string) (any, error) {
			t, err := time.Parse(stampLayout, s)
			return at(t), err
		})}
)

// scan is where a row is scanned to.
func (f form) scan(place any) any {
	if t, ok := place.(*time.Time); ok {
		return stamp{t}
	}
	return place
}

// columnsOf names columns of one form.
func columnsOf(f form, names string) []column {
	var list []column
	for name := range strings.FieldsSeq(names) {
		list = append(list, column{name, f})
	}
	return list
}

func join(parts ...[]column) []column {
	var list []column
	for _, p := range parts {
		list = append(list, p...)
	}
	return list
}

// tables are those that a backup holds: what refers comes after what it refers to. The
// queue's own tables are not among them; its jobs follow from the deliveries.
var tables = []table{
	{name: "patient", order: "id", columns: join(columnsOf(text, "id tenant clinic merged_into"), columnsOf(blob, "identifiers"),
		columnsOf(moment, "opted_out_at created_at updated_at"))},
	{name: "patient_token", order: "token", columns: columnsOf(text, "token patient")},
	{name: "item", order: "patient, kind, key", columns: join(columnsOf(text, "patient kind key clinic version updated hash body"),
		columnsOf(truth, "retracted"), columnsOf(moment, "changed_at"))},
	{name: "sending", order: "id", columns: join(columnsOf(text, "id tenant identifier content answer"),
		columnsOf(whole, "version received accepted ignored rejected"), columnsOf(moment, "received_at"))},
	{name: "report", order: "id", columns: join(columnsOf(text, "id centre body"), columnsOf(whole, "year"), columnsOf(moment, "counted_at"))},
	{name: "delivery", order: "id", columns: join(columnsOf(text, "id target patient state reason bundle trace"),
		columnsOf(whole, "place attempts fence"), columnsOf(moment, "created_at due_at sent_at finished_at"))},
	{name: "ledger", order: "target, resource_key", columns: join(columnsOf(text, "target resource_key patient hash version location etag remnant"),
		columnsOf(whole, "fence"), columnsOf(moment, "delivered_at"))},
	{name: "audit", order: "seq", columns: join(columnsOf(whole, "seq"), columnsOf(moment, "at"), columnsOf(text, "patient body previous hash"))},
	{name: "audit_chain", order: "id", one: true, columns: join(columnsOf(whole, "id first_seq last_seq"), columnsOf(text, "first_previous last_hash"))},
	{name: "card", order: "id", columns: join(columnsOf(text, "id saying body"), columnsOf(moment, "at"))},
	{name: "feedback", order: "card, outcome, at", columns: join(columnsOf(text, "card outcome body"), columnsOf(moment, "at"))},
}

// names lists the columns.
func (t table) names() string {
	list := make([]string, len(t.columns))
	for i, c := range t.columns {
		list[i] = c.name
	}
	return strings.Join(list, ", ")
}

// insert is the statement that adds a row, or writes over the one that there is.
func (t table) insert() string {
	places := make([]string, len(t.columns))
	for i := range places {
		places[i] = fmt.Sprintf("$%d", i+1)
	}
	return "INSERT INTO " + t.name + " (" + t.names() + ") VALUES (" + strings.Join(places, ", ") + ")"
}

// tableOf finds a table by name.
func tableOf(name string) (table, bool) {
	for _, t := range tables {
		if t.name == name {
			return t, true
		}
	}
	return table{}, false
}
