package epd

import (
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// answer takes one answer to an item.
func (f *form) answer(it *fhir.ResponseItem, i int, definition *mapping.Definition, id, end string) {
	a := &it.Answer[i].Value
	v, literal, kind, reason := f.value(a, definition)
	// Both what to say of the item and its path are cut from one string.
	text := "item " + it.LinkID + "item[" + it.LinkID + "].answer[" + strconv.Itoa(i) + "].value" + kind
	via, path := text[:len("item ")+len(it.LinkID)], text[len("item ")+len(it.LinkID):]
	if reason == unknownCode {
		u := mapping.Unmapped{Resource: f.entry.title(), Path: path, Code: literal}
		if a.Coding != nil {
			u.System, u.Display = a.Coding.System, a.Coding.Display
		}
		f.unknown = append(f.unknown, u)
		return
	}
	if reason != "" {
		severity := fhir.SeverityWarning
		if reason == afterAsOf {
			severity = fhir.SeverityInformation
		}
		f.issue(f.entry, severity, "value", path, reason)
		return
	}
	if len(f.room) == cap(f.room) {
		f.room = make([]mapping.Evidence, 0, 16)
	}
	f.room = append(f.room, withVia(f.entry.says(path, literal, f.response.Authored.Text), via))
	v.Evidence = f.room[len(f.room)-1 : len(f.room) : len(f.room)]
	if end != "" {
		f.end(id, end, v)
		return
	}
	f.add(f.entry, id, v)
}

const (
	unknownCode = "not one of the codes of the item"
	wrongType   = "an answer of another type than the item asks"
)

// value is an answer in the terms of the item. Literal is what was sent, kind the
// FHIR type it was sent in; reason says why it cannot be used.
func (f *form) value(a *fhir.Value, definition *mapping.Definition) (v mapping.Value, literal, kind, reason string) {
	switch definition.Kind {
	case mapping.Truth:
		if a.Boolean == nil {
			break
		}
		v = mapping.BoolValue(*a.Boolean)
		return v, v.String(), "Boolean", ""
	case mapping.Coded:
		code, kind := codeIn(a)
		if kind == "" {
			break
		}
		if a.Coding != nil && a.Coding.System != "" && a.Coding.System != mapping.IntakeSystem || !known(code, definition) {
			return v, code, kind, unknownCode
		}
		return mapping.CodeValue(code), code, kind, ""
	case mapping.Numeric:
		return numeric(a, definition.Unit)
	case mapping.Dated:
		at, kind := a.Date, "Date"
		if at.IsZero() {
			at, kind = a.DateTime, "DateTime"
		}
		date, ok := mapping.DateOf(at)
		if !ok {
			break
		}
		if date.First > f.AsOf {
			return v, at.Text, kind, afterAsOf
		}
		return mapping.DateValue(date), at.Text, kind, ""
	case mapping.Text:
		if a.String == "" {
			break
		}
		return mapping.TextValue(a.String), a.String, "String", ""
	}
	return v, "", "", wrongType
}

// codeIn is the code an answer holds, also when sent as a string.
func codeIn(a *fhir.Value) (code, kind string) {
	switch {
	case a.Coding != nil:
		return a.Coding.Code, "Coding"
	case a.String != "":
		return a.String, "String"
	case a.Code != "":
		return a.Code, "Code"
	}
	return "", ""
}

// known reports whether a code is one of the item's; a co-analgesic may have been
// rejected with a reason.
func known(code string, definition *mapping.Definition) bool {
	if definition.ID == "coanalgesic" {
		code, _ = strings.CutSuffix(code, ":"+rejected)
	}
	return slices.Contains(definition.Codes, code)
}

// numeric reads a number in the unit of the item. A quantity with a comparator is
// an interval that is open to one side.
func numeric(a *fhir.Value, unit string) (v mapping.Value, literal, kind, reason string) {
	var number *big.Rat
	ok := true
	comparator := ""
	switch {
	case a.Integer != "":
		literal, kind = string(a.Integer), "Integer"
		number, ok = rat(a.Integer)
	case a.Decimal != "":
		literal, kind = string(a.Decimal), "Decimal"
		number, ok = rat(a.Decimal)
	case a.Quantity != nil:
		literal, kind, comparator = strings.TrimSpace(string(a.Quantity.Value)+" "+unitOf(a.Quantity)), "Quantity", a.Quantity.Comparator
		q := *a.Quantity
		if q.Unit == "" && q.Code == "" {
			number, ok = rat(q.Value) // the unit of the item
		} else {
			number, reason = in(unit, &q)
		}
	default:
		return v, "", "", wrongType
	}
	if reason != "" {
		return v, literal, kind, reason
	}
	if !ok {
		return v, literal, kind, "no value that can be read"
	}
	switch comparator {
	case "":
		return mapping.NumberValue(mapping.Exactly(number)), literal, kind, ""
	case "<", "<=":
		return mapping.NumberValue(mapping.Number{High: number}), comparator + literal, kind, ""
	case ">", ">=":
		return mapping.NumberValue(mapping.Number{Low: number}), comparator + literal, kind, ""
	}
	return v, literal, kind, "comparator is not known"
}

// ends are the two ends of an interval, asked as a pair of items.
type ends struct {
	fact     string
	number   mapping.Number
	evidence []mapping.Evidence
	faulty   bool
}

func (f *form) end(fact, end string, v mapping.Value) {
	at := slices.IndexFunc(f.ends, func(e ends) bool { return e.fact == fact })
	if at < 0 {
		at = len(f.ends)
		f.ends = append(f.ends, ends{fact: fact})
	}
	e := &f.ends[at]
	to, number := &e.number.Low, v.Number.Low
	if end == "max" {
		to, number = &e.number.High, v.Number.High
	}
	e.faulty = e.faulty || number == nil || *to != nil && (*to).Cmp(number) != 0
	*to = number
	e.evidence = append(e.evidence, v.Evidence...)
}

// intervals takes the pairs that were answered; one end leaves the other open.
func (f *form) intervals() {
	for _, e := range f.ends {
		if e.faulty || e.number.Low != nil && e.number.High != nil && e.number.Low.Cmp(e.number.High) > 0 {
			f.issue(f.entry, fhir.SeverityWarning, "value", "item["+e.fact+".min]", "the ends do not make an interval")
			continue
		}
		f.add(f.entry, e.fact, mapping.NumberValue(e.number, e.evidence...))
	}
}

// group takes a visit or contact in aftercare.
func (f *form) group(it *fhir.ResponseItem, definition *mapping.Definition) {
	to := &f.record.Visits
	if definition.ID == "contact" {
		to = &f.record.Contacts
	}
	if it.LinkID != definition.ID {
		f.issue(f.entry, fhir.SeverityWarning, "structure", "item["+it.LinkID+"]", "stands outside its group")
		return
	}
	var at fhir.DateTime
	role := ""
	for i := range it.Item {
		part := &it.Item[i]
		path := "item[" + it.LinkID + "].item[" + part.LinkID + "].answer[0]"
		switch {
		case len(part.Answer) == 0:
		case part.LinkID == definition.ID+"-date":
			if at = part.Answer[0].Date; at.IsZero() {
				at = part.Answer[0].DateTime
			}
		case part.LinkID == definition.ID+"-role":
			code, _ := codeIn(&part.Answer[0].Value)
			if slices.Contains(mapping.Roles, code) {
				role = code
			} else {
				f.unknown = append(f.unknown, mapping.Unmapped{Resource: f.entry.title(), Path: path, Code: code})
			}
		default:
			f.unknownItem(part)
		}
	}
	path := "item[" + it.LinkID + "].item[" + definition.ID + "-date].answer[0].valueDate"
	date, ok := mapping.DateOf(at)
	switch {
	case !ok:
		f.issue(f.entry, fhir.SeverityWarning, "value", path, "no date")
	case date.First > f.AsOf:
		f.issue(f.entry, fhir.SeverityInformation, "value", path, afterAsOf)
	default:
		f.entry.used = true
		*to = append(*to, mapping.Meeting{Date: date, Role: role, Evidence: f.evidence(path, at.Text, it.LinkID)})
	}
}
