package neuromodulation

import (
	"bytes"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
)

// chart is what is known of the patient of a call.
type chart struct {
	*fhir.Chart
	// orders are the names of the orders that the call is about: drafts, or orders
	// being dispatched.
	orders []string
	// lacks are the data that could not be had, or not wholly, and the resources that could
	// not be read.
	lacks []cdshooks.Datum
}

// chartOf reads all documents of a call as one chart. The error is a
// *cdshooks.Refusal: with status 400 when the data cannot be read or are about
// somebody else, 412 when the patient is not among them.
func chartOf(call *cdshooks.Call, limits decode.Limits) (*chart, error) {
	c, err := read(call, limits)
	if err != nil {
		return nil, err
	}
	further, lacks := fetchReferred(call, c.Chart)
	if fetchDispatched(call, c) || further {
		if c, err = read(call, limits); err != nil {
			return nil, err
		}
	}
	for _, datum := range call.Data {
		if datum.State == cdshooks.Incomplete || datum.State == cdshooks.Unreadable {
			c.lacks = append(c.lacks, datum)
		}
	}
	c.lacks = append(c.lacks, lacks...)
	return c, nil
}

// read reads what there is.
func read(call *cdshooks.Call, limits decode.Limits) (*chart, error) {
	d := document{entries: entries.Get().(*bytes.Buffer)}
	defer d.release()
	d.entries.Reset()
	d.entries.Grow(sizeOf(call))
	if call.Context.DraftOrders != nil {
		d.add("context.draftOrders", call.Context.DraftOrders)
	}
	for _, datum := range call.Data {
		for _, resource := range datum.Documents {
			d.add("prefetch."+datum.Key, resource)
		}
	}
	decoded, err := decode.Bundle("", d.bytes(), limits)
	if err != nil {
		return nil, d.refusal(err)
	}
	if err := d.check(decoded, call.Context.PatientID); err != nil {
		return nil, err
	}
	call.Concerns(decoded.Patient.Identifier)
	c := &chart{Chart: decoded, lacks: d.unread(decoded)}
	c.dropRepeats()
	for _, order := range call.Context.DispatchedOrders {
		_, name := fhir.SplitReference(order)
		c.orders = append(c.orders, name)
	}
	for _, r := range c.Resources {
		if d.place(r.Head().Origin.Path) == "context.draftOrders" {
			c.orders = append(c.orders, fhir.Name(r))
		}
	}
	return c, nil
}

// document is one Bundle made of the documents of a call, each an entry.
type document struct {
	entries *bytes.Buffer
	places  []string // of the entries, in the request
}

// entries are buffers for documents; a chart does not refer to what it was read from.
var entries = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// release lets the buffer be used again, but for one that is rarely as large.
func (d *document) release() {
	if d.entries.Cap() <= 1<<20 {
		entries.Put(d.entries)
	}
}

// sizeOf is about how long the document will be.
func sizeOf(call *cdshooks.Call) int {
	const around = 32 // each document
	size := len(call.Context.DraftOrders) + 2*len(opening)
	for _, datum := range call.Data {
		for _, resource := range datum.Documents {
			size += len(resource) + around
		}
	}
	return size
}

const opening, closing = `{"resourceType":"Bundle","type":"collection","entry":[`, `]}`

func (d *document) add(place string, resource []byte) {
	if len(d.places) == 0 {
		d.entries.WriteString(opening)
	} else {
		d.entries.WriteByte(',')
	}
	d.places = append(d.places, place)
	d.entries.WriteString(`{"resource":`)
	d.entries.Write(resource)
	d.entries.WriteByte('}')
}

func (d *document) bytes() []byte {
	if len(d.places) == 0 {
		return []byte(opening + closing)
	}
	d.entries.WriteString(closing)
	return d.entries.Bytes()
}

// place is the part of the request that a path in the Bundle lies in; empty when none.
func (d *document) place(path string) string {
	rest, ok := strings.CutPrefix(path, "Bundle.entry[")
	if !ok {
		return ""
	}
	number, _, _ := strings.Cut(rest, "]")
	i, err := strconv.Atoi(number)
	if err != nil || i >= len(d.places) {
		return ""
	}
	return d.places[i]
}

// refusal says that the data cannot be read, and where.
func (d *document) refusal(err error) *cdshooks.Refusal {
	var fault *decode.Error
	if !errors.As(err, &fault) {
		return refuse(http.StatusBadRequest, "structure", "prefetch", "cannot be read")
	}
	place := d.place(fault.Path)
	if place == "" {
		place = "prefetch"
	}
	return refuse(http.StatusBadRequest, fault.Code, place, fault.Reason)
}

// check sees to it that all is about the patient of the call.
func (d *document) check(c *fhir.Chart, id string) error {
	for _, rejected := range c.Rejected {
		if rejected.Reason == decode.AnotherPatient {
			return refuse(http.StatusBadRequest, "conflict", d.place(rejected.Path), "holds data about another patient than context.patientId")
		}
	}
	switch {
	case c.Patient == nil:
		return refuse(http.StatusPreconditionFailed, "required", "prefetch.patient", "is needed and holds no Patient that can be read")
	case c.Patient.ID != id:
		return refuse(http.StatusBadRequest, "conflict", "prefetch.patient", "is another patient than context.patientId")
	}
	return nil
}

func refuse(status int, code, path, reason string) *cdshooks.Refusal {
	return &cdshooks.Refusal{Status: status, Issues: []fhir.Issue{{
		Severity: fhir.SeverityError, Code: code, Path: path, Reason: strings.TrimSpace(path + " " + reason)}}}
}

// dropRepeats leaves out what came along twice, under several keys or in a draft too:
// a medicine counts once. The first stands, which is the draft.
func (c *chart) dropRepeats() {
	seen := make(map[string]bool, len(c.Resources))
	c.Skip(func(r fhir.Resource) string {
		name := fhir.Name(r) // by the type that was sent: a dispense and a statement are two
		if r.Head().ID != "" && seen[name] {
			return "came along more than once"
		}
		seen[name] = true
		return ""
	})
}
