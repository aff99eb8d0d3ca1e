package registration

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/prom"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

// Options are what a registration depends on beside the chart, its record and its scores.
type Options struct {
	// Terminology says what codes mean; nil is the one we ship. It should be that by
	// which the record was made.
	Terminology *terminology.Terminology
	// Used, when set, is called once for every resource that gave an item, a part of
	// one, or what an item was derived from.
	Used func(fhir.Resource)
}

// Of takes the registration from a chart, with the record and the scores made of it;
// either may be nil. Judgements are those of a bundle as a registry gets it; to judge is
// left to the caller.
//
// It never fails. The fates say which resources gave nothing, and which elements of
// the others were left out on purpose, with the reason: every resource of the chart
// is in an item, served one, or has a fate. What the chart itself rejected or skipped
// is told by chart.Rejected and chart.Skipped and not repeated. Nothing depends on the
// order of the resources.
//
// What is planned or dated after the day of the record is left out; what was entered
// in error, and an indication that was refuted, is Retracted.
func Of(chart *fhir.Chart, record *mapping.Record, scores *prom.Result, options Options) (*Registration, []fhir.Fate) {
	if options.Terminology == nil {
		options.Terminology = terminology.Embedded()
	}
	if record == nil {
		record = &mapping.Record{AsOf: latestDay}
	}
	if scores == nil {
		scores = new(prom.Result)
	}
	r := newReader(chart, record, scores, options)
	r.patient()
	r.conditions()
	each(r, r.operation)
	r.devices()
	r.operations()
	r.measurements()
	each(r, r.deliveredMeasurement)
	r.responses()
	each(r, r.deliveredScore)
	r.medications()
	r.complications()
	r.contacts()
	r.team()
	r.costs()
	each(r, r.judgement)
	r.account()
	return r.out, r.fates
}

// latestDay is later than anything.
const latestDay mapping.Day = 1<<31 - 1

// reader is the work on one chart.
type reader struct {
	Options
	chart  *fhir.Chart
	record *mapping.Record
	scores *prom.Result
	out    *Registration
	fates  []fhir.Fate

	served     map[fhir.Resource]bool          // gave an item, or a part of one
	named      map[string]fhir.Resource        // by the name that evidence has for it
	containers map[fhir.Resource]fhir.Resource // of contained resources
	aliases    map[string]string               // "Type/id" to the key by identifier
	procedures []*operation
}

func newReader(chart *fhir.Chart, record *mapping.Record, scores *prom.Result, options Options) *reader {
	r := &reader{
		Options: options, chart: chart, record: record, scores: scores, out: new(Registration),
		served:     make(map[fhir.Resource]bool, len(chart.Resources)),
		named:      make(map[string]fhir.Resource, len(chart.Resources)),
		containers: make(map[fhir.Resource]fhir.Resource),
		aliases:    make(map[string]string),
	}
	for _, x := range chart.Resources {
		name := fhir.Name(x)
		if other := r.named[name]; other == nil || newer(x, other) {
			r.named[name] = x
		}
		for _, inner := range x.Head().Contained {
			r.containers[inner] = x
		}
		if key := businessKey(x); key != "" && x.Head().ID != "" {
			name := x.Type() + "/" + x.Head().ID
			if r.aliases[name] == "" || key < r.aliases[name] {
				r.aliases[name] = key
			}
		}
	}
	return r
}

// newer reports whether x is of a later version than y.
func newer(x, y fhir.Resource) bool {
	a, b := x.Head().Meta, y.Head().Meta
	return (&Origin{Updated: a.LastUpdated.Text, Version: a.VersionID}).Compare(&Origin{Updated: b.LastUpdated.Text, Version: b.VersionID}) > 0
}

// each goes through the resources of a type.
func each[T fhir.Resource](r *reader, take func(T)) {
	for _, x := range r.chart.Resources {
		if one, ok := x.(T); ok {
			take(one)
		}
	}
}

// drop says why an element, or with it the whole resource, is not in the registration.
func (r *reader) drop(x fhir.Resource, path, reason string) {
	r.fates = append(r.fates, fhir.Fate{Resource: fhir.Name(x), Path: path, Reason: reason})
}

// serve notes that something was taken from the resource.
func (r *reader) serve(x fhir.Resource) { r.served[x] = true }

// later reports whether a date lies wholly after the day of the record.
func (r *reader) later(t fhir.DateTime) bool {
	date, ok := mapping.DateOf(t)
	return ok && date.First > r.record.AsOf
}

const (
	afterAsOf = "dated after the day of the record"
	noStatus  = "status is missing"
	nothing   = "nothing in it is registered"
)

// account keeps one item per key, gives every resource without an item a fate, and
// puts all in an order of its own.
func (r *reader) account() {
	o := r.out
	o.Indications = settle(r, o.Indications)
	o.Procedures = settle(r, o.Procedures)
	o.Devices = settle(r, o.Devices)
	o.Measurements = settle(r, o.Measurements)
	o.Scores = settle(r, o.Scores)
	o.Responses = settle(r, o.Responses)
	o.Medications = settle(r, o.Medications)
	o.Complications = settle(r, o.Complications)
	o.Contacts = settle(r, o.Contacts)
	o.Team = settle(r, o.Team)
	o.Costs = settle(r, o.Costs)
	o.Judgements = settle(r, o.Judgements)

	explained := make(map[string]bool, len(r.fates))
	for _, fate := range r.fates {
		explained[fate.Resource] = true
	}
	for _, x := range r.chart.Resources {
		switch {
		case !r.served[x] && !explained[fhir.Name(x)]:
			r.drop(x, "", nothing)
		case r.served[x] && r.Used != nil:
			r.Used(x)
		}
	}
	slices.SortStableFunc(r.fates, func(a, b fhir.Fate) int {
		return cmp.Or(strings.Compare(a.Resource, b.Resource), strings.Compare(a.Path, b.Path), strings.Compare(a.Reason, b.Reason))
	})
	r.fates = slices.Compact(r.fates)
}

// settle keeps, of items with one key, the newest; where nothing tells, the one that
// is written last in the alphabet, so that the order of the input has no say.
func settle[T any, P item[T]](r *reader, items []T) []T {
	slices.SortStableFunc(items, func(a, b T) int {
		x, y := P(&a).origin(), P(&b).origin()
		if x.Key != y.Key {
			return strings.Compare(x.Key, y.Key)
		}
		if c := x.Compare(y); c != 0 {
			return -c
		}
		return -strings.Compare(string(canonical(&a)), string(canonical(&b)))
	})
	return slices.CompactFunc(items, func(a, b T) bool {
		if P(&a).origin().Key != P(&b).origin().Key {
			return false
		}
		if string(canonical(&a)) != string(canonical(&b)) {
			r.fates = append(r.fates, fhir.Fate{Resource: P(&b).origin().Key, Reason: "another version of it came along"})
		}
		return true
	})
}
