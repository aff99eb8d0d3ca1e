package operations

import (
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/prom"
)

const (
	loinc      = "http://loinc.org"
	absence    = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
	categories = "http://terminology.hl7.org/CodeSystem/observation-category"
	urnUUID    = "urn:uuid:"
)

// scoreSpace is the name space of the ids of scores.
var scoreSpace = uuid.NewSHA1(uuid.NameSpaceURL, []byte(prom.ScoreSystem))

// standing is what the status of a response means for its scores.
type standing struct{ status, absent string }

// standings go by the status of the response.
var standings = map[string]standing{
	"completed":        {"final", "unknown"},
	"amended":          {"amended", "unknown"},
	"in-progress":      {"preliminary", "temp-unknown"},
	"stopped":          {"cancelled", "unknown"},
	"entered-in-error": {"entered-in-error", "error"},
}

// statusUnknown is for a response without a status that FHIR knows.
var statusUnknown = standing{"unknown", "unknown"}

// builder makes the Observations of one result.
type builder struct {
	chart  *fhir.Chart
	scores map[scoreKey]*prom.Scored
}

type scoreKey struct {
	response *fhir.QuestionnaireResponse
	scale    *prom.Scale
}

func newBuilder(chart *fhir.Chart, result *prom.Result) *builder {
	b := &builder{chart, make(map[scoreKey]*prom.Scored, len(result.Scores))}
	for i := range result.Scores {
		s := &result.Scores[i]
		b.scores[scoreKey{s.Responses[0], s.Scale}] = s
	}
	return b
}

// observation is a score as an Observation. What is about the patient, the encounter
// and the moment is that of the (first) response.
func (b *builder) observation(s *prom.Scored) *encode.Observation {
	response := s.Responses[0]
	state := standingOf(s.Responses)
	o := &encode.Observation{
		ID: scoreID(s), Status: state.status,
		Category:  encode.Coding{System: categories, Code: "survey"},
		Code:      scoreCode(s),
		Subject:   b.subject(response),
		Effective: response.Authored,
		Method:    encode.Concept{Codings: []encode.Coding{{System: prom.RuleSystem, Code: s.Rule}}},
		Notes:     notes(s),
	}
	if e := response.Encounter; e != nil && !isLocal(*e) {
		o.Encounter = *e
	}
	if a := response.Author; a != nil && mayPerform(*a) {
		o.Performer = []fhir.Reference{*a}
	}
	if s.Value != nil {
		o.Value = &encode.Quantity{Value: encode.Decimal(mapping.FormatRat(s.Value)), Code: s.Scale.Unit}
	} else {
		o.Absent = encode.Concept{Codings: []encode.Coding{{System: absence, Code: state.absent}}, Text: s.NotScoreable}
	}
	for _, part := range s.Instrument.Parts(s.Scale) {
		if member := b.scores[scoreKey{response, part}]; member != nil {
			o.Members = append(o.Members, fhir.Reference{Reference: urnUUID + scoreID(member)})
		}
	}
	for _, r := range s.Responses {
		if address := addressOf(r); address != "" {
			o.Sources = append(o.Sources, fhir.Reference{Reference: address})
		}
	}
	return o
}

// scoreCode is LOINC's code where one is verified, and ours.
func scoreCode(s *prom.Scored) encode.Concept {
	own := encode.Coding{System: prom.ScoreSystem, Code: s.Instrument.Code(s.Scale)}
	code := encode.Concept{Codings: []encode.Coding{own}, Text: s.Instrument.Title + ", " + s.Scale.Name}
	if known := s.Instrument.ScoreLOINC(s.Scale); known != "" {
		code.Codings = []encode.Coding{{System: loinc, Code: known}, own}
	}
	return code
}

// scoreID is the same whenever the same response is scored by the same rule. A
// response without id is told by whom and when it was filled in too.
func scoreID(s *prom.Scored) string {
	key := []string{s.Instrument.Code(s.Scale), s.Rule}
	for _, r := range s.Responses {
		key = append(key, fhir.Name(r), r.Subject.Reference)
		if r.ID == "" {
			key = append(key, r.Authored.Text)
		}
	}
	return uuid.NewSHA1(scoreSpace, []byte(strings.Join(key, "\n"))).String()
}

// standingOf is that of the response; of several, which are complete, it is amended
// when one is.
func standingOf(responses []*fhir.QuestionnaireResponse) standing {
	for _, r := range responses {
		if r.Status == "amended" {
			return standings[r.Status]
		}
	}
	if known, ok := standings[responses[0].Status]; ok {
		return known
	}
	return statusUnknown
}

// subject is whom the response is about, else the patient of the chart.
func (b *builder) subject(r *fhir.QuestionnaireResponse) fhir.Reference {
	named := r.Subject.Reference != "" || r.Subject.Identifier != nil
	switch {
	case named && !isLocal(r.Subject):
		return r.Subject
	case b.chart.Patient != nil && b.chart.Patient.ID != "":
		return fhir.Reference{Reference: fhir.Name(b.chart.Patient)}
	}
	return fhir.Reference{}
}

// isLocal reports whether a reference means nothing outside its resource.
func isLocal(r fhir.Reference) bool { return strings.HasPrefix(r.Reference, "#") }

// mayPerform reports whether an author can be an Observation's performer, which a
// device cannot.
func mayPerform(author fhir.Reference) bool {
	_, key := fhir.SplitReference(author.Reference)
	return !isLocal(author) && author.Type != "Device" && !strings.HasPrefix(key, "Device/")
}

// addressOf is how others can refer to a resource; empty when they cannot.
func addressOf(r fhir.Resource) string {
	if h := r.Head(); h.ID == "" {
		return h.Origin.FullURL
	}
	return fhir.Name(r)
}

// notes say what a score rests on and what is remarkable about it.
func notes(s *prom.Scored) []string {
	basis := fmt.Sprintf("Answered %d of %d items.", s.Answered, len(s.Scale.Items))
	if len(s.Missing) > 0 {
		basis += " Missing: " + strings.Join(s.Missing, ", ") + "."
	}
	if s.Prorated {
		basis += " Prorated: the items answered stand in for the missing ones."
	}
	list := []string{basis}
	if s.Discrepancy {
		list = append(list, "The response itself keeps another score: "+mapping.FormatRat(s.Stored)+".")
	}
	for _, r := range s.Responses {
		if addressOf(r) == "" {
			list = append(list, "Derived from "+fhir.Name(r)+" of the input, which has no id.")
		}
	}
	for _, flag := range s.Flags {
		if !slices.Contains(list, flag) {
			list = append(list, flag)
		}
	}
	return list
}
