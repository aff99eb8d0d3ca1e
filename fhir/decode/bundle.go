package decode

import (
	"bytes"
	"strconv"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// Bundle reads one document, JSON or XML: a resource, or a Bundle or Parameters with
// resources in it, nested to any depth that the limits allow. All must be about
// one patient (see Chart); resources about another are rejected.
//
// The error is an *Error. It is returned when the document is not well-formed,
// exceeds a limit, is no resource, or holds several patients; what is wrong with
// single entries is in Chart.Rejected instead.
func Bundle(source string, data []byte, limits Limits) (*fhir.Chart, error) {
	r := newReader(source, 0, data, limits.withDefaults())
	if isXML(data) && r.err == nil {
		r.rewrite()
	}
	if err := r.document(); err != nil {
		return nil, err
	}
	if err := onePatient(r.chart); err != nil {
		return nil, err
	}
	r.remarks.close(r.chart)
	return r.chart, nil
}

// document reads the whole document, without asking whom it is about. A byte order
// mark before it is passed over, as RFC 8259 allows.
func (r *reader) document() error {
	if bytes.HasPrefix(r.data, byteOrderMark) {
		r.pos = len(byteOrderMark)
	}
	switch {
	case r.err != nil:
	case r.peek() == 0:
		r.refuse(codeStructure, "empty")
	case r.peek() != '{':
		r.refuse(codeStructure, "not a FHIR resource: does not start with {")
	default:
		r.root()
	}
	if r.err == nil && r.peek() != 0 {
		r.malformed("text after the end of the document")
	}
	if r.err != nil {
		return r.err
	}
	r.bury()
	return nil
}

// root reads the resource that is the document.
func (r *reader) root() {
	kind := r.lookAhead("resourceType")
	if container := containers[kind]; container != nil {
		r.push(kind)
		container(r)
		if r.fault.reason != "" && r.err == nil {
			r.err = &Error{Source: r.source, Entry: -1, Path: r.fault.path, Reason: r.fault.reason, Code: r.fault.code}
		}
		return
	}
	if !fhirTypes[kind] {
		r.skip() // a syntax error, if any, explains more
		if kind == "" {
			r.refuse(codeRequired, "not a FHIR resource: resourceType is missing or not a string")
		} else {
			r.refuse(codeNotSupported, "not a FHIR resource: FHIR R4 has no such resourceType")
		}
		return
	}
	r.push(kind)
	before := r.mark()
	r.entry = r.entries
	r.entries++
	r.received = r.resource(kind)
	r.settle(entry{content: r.received, has: true}, before)
}

// containers are the resources that hold the resources received.
var containers map[string]func(*reader)

// entry is Bundle.entry, or a parameter that holds a resource.
type entry struct {
	fullURL string
	search  search
	request request
	content content
	has     bool // a resource
	nested  bool // the resource is itself a container; its entries have been settled
}

// search is Bundle.entry.search.
type search struct{ mode string }

// bundle is a Bundle or Parameters; its entries go straight to the chart.
type bundle struct{}

var (
	bundles    table[bundle]
	entries    table[entry]
	parameters table[bundle]
	parameter  table[entry]
)

var searches = tableOf([]element[search]{
	{name: "mode", read: func(r *reader, s *search) { r.code(&s.mode) }},
}, ignored[search]("", "id", "extension", "score"))

func init() { // bundles hold bundles
	containers = map[string]func(*reader){
		"Bundle":     func(r *reader) { object(r, &bundles, &bundle{}) },
		"Parameters": func(r *reader) { object(r, &parameters, &bundle{}) },
	}
	rules := element[bundle]{name: "implicitRules", read: func(r *reader, _ *bundle) {
		r.wrong(codeNotSupported, "implicitRules may change the meaning; none are understood")
		r.skip()
	}}
	bundles.fill([]element[bundle]{
		{name: "entry", read: func(r *reader, _ *bundle) { r.each(&entries) }}, rules,
	}, ignored[bundle]("", "resourceType", "id", "meta", "language", "identifier", "type", "timestamp", "total", "link", "signature"))
	parameters.fill([]element[bundle]{
		{name: "parameter", read: func(r *reader, _ *bundle) { r.each(&parameter) }}, rules,
	}, ignored[bundle]("", "resourceType", "id", "meta", "language"))
	held := element[entry]{name: "resource", read: func(r *reader, e *entry) { r.held(e) }}
	entries.fill([]element[entry]{
		{name: "fullUrl", read: func(r *reader, e *entry) { r.uri(&e.fullURL) }},
		{name: "search", read: func(r *reader, e *entry) { object(r, searches, &e.search) }},
		{name: "request", read: func(r *reader, e *entry) { object(r, entryRequests, &e.request) }}, held,
	}, ignored[entry]("", "id", "extension", "link", "response"))
	parameter.fill([]element[entry]{
		{name: "part", read: func(r *reader, e *entry) {
			e.nested = true
			r.each(&parameter)
		}}, held,
	}, ignored[entry]("", "id", "extension", "name"))
}

// each reads the entries of a container.
func (r *reader) each(t *table[entry]) {
	if !r.enter('[') {
		return
	}
	for i := 0; r.next(i == 0, ']'); i++ {
		r.at(i)
		r.one(t)
	}
}

// one reads an entry and settles its fate.
func (r *reader) one(t *table[entry]) {
	if r.entries >= r.limits.Entries {
		r.refuse(codeTooCostly, "more than "+strconv.Itoa(r.limits.Entries)+" entries")
		return
	}
	outer, outerEntry, outerFault := r.subject, r.entry, r.fault
	r.fault = fault{}
	r.entry = r.entries
	r.entries++
	before := r.mark()
	e := entry{nested: t == &parameter} // a parameter without a resource is a plain value
	object(r, t, &e)
	r.deletes(e)
	r.settle(e, before)
	r.subject, r.entry, r.fault = outer, outerEntry, outerFault
}

// held reads the resource of an entry.
func (r *reader) held(e *entry) {
	kind := r.lookAhead("resourceType")
	if container := containers[kind]; container != nil {
		e.nested = true
		container(r)
		return
	}
	e.has, e.nested = true, false
	e.content = r.resource(kind)
}

// settle gives an entry its place in the chart. before is where its issues start.
func (r *reader) settle(e entry, before mark) {
	if r.err != nil {
		return
	}
	c := r.chart
	path, converted := r.place(e), "sent as STU3; converted to R4"
	switch reason := e.skipped(); {
	case r.fault.reason != "":
		if !e.nested {
			r.unsay(before)
		}
		c.Rejected = append(c.Rejected, fhir.Fate{Resource: e.content.name(path), Path: r.fault.path, Reason: r.fault.reason})
		return
	case e.nested:
		return
	case reason != "":
		c.Skipped = append(c.Skipped, fhir.Fate{Resource: e.content.name(path), Path: path, Reason: reason})
	default:
		h := e.content.resource.Head()
		h.Origin = fhir.Origin{Entry: r.entry, Line: r.line, FullURL: e.fullURL, Path: path, STU3: r.subject.stu3}
		if kind := e.content.resource.Type(); kind != e.content.kind {
			h.Origin.Type = e.content.kind
			converted = "sent as STU3, as " + e.content.kind + "; converted to " + kind + " of R4"
		}
		c.Resources = append(c.Resources, e.content.resource)
	}
	issue := fhir.Issue{Path: path}
	switch {
	case e.content.kind == "OperationOutcome":
		issue.Severity, issue.Code = fhir.SeverityWarning, codeIncomplete
		issue.Reason = "the sender enclosed an OperationOutcome: resources may be lacking"
		c.Issues = append(c.Issues, issue)
	case r.subject.stu3:
		issue.Severity, issue.Code = fhir.SeverityInformation, codeInformation
		issue.Reason = converted
		c.Issues = append(c.Issues, issue)
	}
	if said := c.Issues[before.issues:]; len(said) > 0 {
		name := e.content.name(path)
		for i := range said {
			said[i].Resource = name
		}
	}
}

// place is the path of the resource, or of the entry when it holds none.
func (r *reader) place(e entry) string {
	b := r.appendPath(make([]byte, 0, 64), 0)
	if len(r.path) > 1 && e.has { // not when the resource is the document
		b = append(b, ".resource"...)
	}
	return string(b)
}

// skipped says why an entry is no use to us, "" when it is.
func (e entry) skipped() string {
	switch {
	case !e.has && e.request.method == "DELETE":
		return "the entry deletes what it names"
	case !e.has:
		return "the entry holds no resource"
	case e.content.kind == "OperationOutcome":
		return "an OperationOutcome is no data of the patient"
	case e.search.mode == "outcome":
		return "the outcome of a search is no data of the patient"
	case e.content.kind == "":
		return "FHIR R4 has no such resource type"
	case e.content.resource == nil:
		return "resources of type " + e.content.kind + " are not read"
	}
	return ""
}
