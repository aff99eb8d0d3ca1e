package audit

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/pijnpoort/pijnpoort/fhir/encode"
)

// template is an AuditEvent as canonical JSON, cut where its values stand. Making one takes
// a hundred times as long as filling it in, and there are few: events of one kind differ in
// their values only.
type template struct {
	texts  []string // one more than there are values
	values []int    // which value comes after each text
}

// templates holds them by what of an event is always the same.
type templates struct {
	mu   sync.Mutex
	made map[string]*template
}

// mostTemplates bounds them; an event of yet another form is encoded by itself.
const mostTemplates = 512

// render is the event as canonical JSON.
func (t *templates) render(event *encode.AuditEvent) (string, error) {
	var key strings.Builder
	key.Grow(2 << 10)
	values := make([]string, 0, 16)
	take(event, func(fixed string) { key.WriteString(fixed); key.WriteByte(0) }, func(value *string) {
		values = append(values, *value)
	})
	of, err := t.of(key.String(), event)
	if err != nil {
		return "", err
	}
	return of.fill(values)
}

// of gives the template of an event.
func (t *templates) of(key string, event *encode.AuditEvent) (*template, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if known, ok := t.made[key]; ok {
		return known, nil
	}
	made, err := newTemplate(event)
	if err == nil && len(t.made) < mostTemplates {
		if t.made == nil {
			t.made = map[string]*template{}
		}
		t.made[key] = made
	}
	return made, err
}

// stampLayout is how the encoder writes the time of an event.
const stampLayout = "2006-01-02T15:04:05.000000Z"

// placeholderTime stands for the time, and placeholder for a value, in a template.
var placeholderTime = time.Date(2000, 1, 1, 0, 0, 0, 123457000, time.UTC)

func placeholder(n int) string { return "value-" + strconv.Itoa(n) + "-here" }

// newTemplate encodes an event with placeholders, and cuts it there.
func newTemplate(event *encode.AuditEvent) (*template, error) {
	blank := *event
	blank.Recorded = placeholderTime
	blank.Agents = append([]encode.AuditAgent{}, event.Agents...)
	blank.Entities = append([]encode.AuditEntity{}, event.Entities...)
	for i := range blank.Entities {
		blank.Entities[i].Details = append([]encode.AuditDetail{}, event.Entities[i].Details...)
	}
	n := 0
	numbers := map[string]int{strconv.Quote(placeholderTime.Format(stampLayout)): 0}
	take(&blank, func(string) {}, func(value *string) {
		if n > 0 { // the first is the time
			*value = placeholder(n)
			numbers[strconv.Quote(*value)] = n
		}
		n++
	})
	document, err := encode.JSON(&blank)
	if err != nil {
		return nil, err
	}
	t, rest := &template{}, string(document)
	for len(t.values) < n {
		at, quoted := first(rest, numbers)
		if at < 0 {
			return nil, fmt.Errorf("audit: %d of %d values stand in an event", len(t.values), n)
		}
		t.texts, t.values, rest = append(t.texts, rest[:at]), append(t.values, numbers[quoted]), rest[at+len(quoted):]
		delete(numbers, quoted)
	}
	t.texts = append(t.texts, rest)
	return t, nil
}

// first is the first of some strings in a text, and where it stands; -1 is nowhere.
func first(text string, among map[string]int) (at int, which string) {
	at = -1
	for one := range among {
		if i := strings.Index(text, one); i >= 0 && (at < 0 || i < at) {
			at, which = i, one
		}
	}
	return at, which
}

// fill puts values in their places.
func (t *template) fill(values []string) (string, error) {
	size := 0
	for _, text := range t.texts {
		size += len(text) + 48
	}
	out := make([]byte, 0, size)
	for i, n := range t.values {
		out = append(out, t.texts[i]...)
		var err error
		if out, err = jsontext.AppendQuote(out, strings.ToValidUTF8(values[n], "\ufffd")); err != nil {
			return "", fmt.Errorf("audit: a value of an event is no text: %w", err)
		}
	}
	return string(append(out, t.texts[len(t.values)]...)), nil
}

// take goes through an event: fixed is given what events of one form share, value what they
// differ in, the time first. A value that is empty is not told, and so part of the form.
func take(event *encode.AuditEvent, fixed func(string), value func(*string)) {
	recorded := event.Recorded.UTC().Format(stampLayout)
	value(&recorded)
	one := func(v *string) {
		if *v == "" {
			fixed("none")
			return
		}
		fixed("some")
		value(v)
	}
	coding := func(c encode.Coding) { fixed(c.System); fixed(c.Code) }
	fixed(event.Profile)
	coding(event.Type)
	for _, list := range [][]encode.Coding{event.Subtypes, event.Purposes} {
		for _, c := range list {
			coding(c)
		}
		fixed("end")
	}
	fixed(event.Action)
	fixed(event.Outcome)
	fixed(event.Source.Site)
	fixed(event.Source.Kind)
	fixed(event.Source.Observer.System)
	fixed(event.Source.Observer.Value)
	coding(event.Source.Type)
	for i := range event.Agents {
		a := &event.Agents[i]
		coding(a.Type)
		fixed(a.Kind)
		fixed(a.Who.System)
		one(&a.Who.Value)
		fixed(strconv.FormatBool(a.Requestor))
		one(&a.Address)
		fixed(a.AddressType)
	}
	for i := range event.Entities {
		e := &event.Entities[i]
		fixed("entity")
		fixed(e.Kind)
		fixed(e.What.System)
		one(&e.What.Value)
		coding(e.Type)
		coding(e.Role)
		for k := range e.Details {
			fixed(e.Details[k].Name)
			one(&e.Details[k].Value)
		}
	}
}
