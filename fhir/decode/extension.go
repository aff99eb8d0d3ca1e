package decode

import "github.com/pijnpoort/pijnpoort/fhir"

// kept are the extensions that are read, under the URL that the chart knows them by.
var kept = map[string]string{
	fhir.DataAbsentReason: fhir.DataAbsentReason,
	fhir.OrdinalValue:     fhir.OrdinalValue,
	fhir.ItemWeight:       fhir.ItemWeight,
	fhir.Laterality:       fhir.Laterality,
	fhir.FurtherName:      fhir.FurtherName,
	fhir.PeriodOfUse:      fhir.PeriodOfUse,
	fhir.AnswerSource:     fhir.AnswerSource,
	fhir.Modality:         fhir.Modality,
	fhir.PossibleKind:     fhir.PossibleKind,
	fhir.PainWindow:       fhir.PainWindow,
	fhir.PROMMoment:       fhir.PROMMoment,
	fhir.Verdict:          fhir.Verdict,
	fhir.Phase:            fhir.Phase,
	fhir.MissingFact:      fhir.MissingFact,
	fhir.CriterionOutcome: fhir.CriterionOutcome,
	// zib2017
	"http://nictiz.nl/fhir/StructureDefinition/BodySite-Qualifier":         fhir.Laterality,
	"http://nictiz.nl/fhir/StructureDefinition/zib-Medication-PeriodOfUse": fhir.PeriodOfUse,
	// STU3
	"http://hl7.org/fhir/StructureDefinition/questionnaire-ordinalValue": fhir.OrdinalValue,
	"http://hl7.org/fhir/StructureDefinition/valueset-ordinalValue":      fhir.OrdinalValue,
	"http://hl7.org/fhir/StructureDefinition/codesystem-ordinalValue":    fhir.OrdinalValue,
}

var (
	extensionElements table[fhir.Extension]
	siblingElements   table[siblings]
)

func init() { // extensions hold extensions
	extensionElements.fill([]element[fhir.Extension]{
		{name: "url", read: func(r *reader, e *fhir.Extension) { r.uri(&e.URL) }},
		{name: "extension", read: func(r *reader, e *fhir.Extension) { many(r, &extensionElements, &e.Extension) }},
	}, values(func(e *fhir.Extension) *fhir.Value { return &e.Value }), ignored[fhir.Extension]("", "id"))
	siblingElements.fill([]element[siblings]{
		{name: "extension", read: func(r *reader, s *siblings) { r.extensions(&s.extension) }},
	}, ignored[siblings]("", "id", "fhir_comments"))
}

// extensions reads an array of extensions and keeps those that are used.
func (r *reader) extensions(to *[]fhir.Extension) {
	if !r.enter('[') {
		return
	}
	for i := 0; r.next(i == 0, ']'); i++ {
		r.at(i)
		url, ok := kept[r.lookAhead("url")]
		if !ok {
			r.mustSkip('{')
			continue
		}
		var e fhir.Extension
		object(r, &extensionElements, &e)
		e.URL = url
		*to = append(*to, e)
	}
}

// mustSkip steps over a value of the kind that opens so.
func (r *reader) mustSkip(opener byte) {
	if r.peek() != opener {
		r.mismatch(kinds[opener])
		return
	}
	r.skip()
}

// siblings is the "_" object beside a primitive.
type siblings struct{ extension []fhir.Extension }

// sibling reads the extensions of the primitive of that name: one object, or
// an array of them padded with null. weigh gets what was kept of each.
func (r *reader) sibling(name string, weigh func([]fhir.Extension)) {
	read := func() {
		var s siblings
		object(r, &siblingElements, &s)
		if len(s.extension) == 0 {
			return
		}
		if absent := fhir.Find(s.extension, fhir.DataAbsentReason); absent != nil && r.subject.header != nil {
			r.subject.header.Absent = append(r.subject.header.Absent,
				fhir.Absent{Path: r.absentPath(name), Reason: absent.Code})
		}
		weigh(s.extension)
	}
	if r.peek() != '[' {
		read()
		return
	}
	r.open()
	for i := 0; r.next(i == 0, ']'); i++ {
		r.at(i)
		if r.peek() == 'n' {
			r.literal("null")
			r.padded(r.path[len(r.path)-1].name)
			continue
		}
		read()
	}
}

// absentPath is the path of the primitive itself, relative to its resource.
func (r *reader) absentPath(name string) string {
	last := &r.path[len(r.path)-1]
	underscored := last.name
	last.name = name
	path := r.where(r.subject.base)
	last.name = underscored
	return path
}

// weights are the ordinalValue and itemWeight among the extensions, in that order.
func weights(extensions []fhir.Extension) (list []fhir.Decimal) {
	for _, url := range []string{fhir.OrdinalValue, fhir.ItemWeight} {
		for _, e := range extensions {
			if weight := e.Decimal + e.Integer; e.URL == url && weight != "" {
				list = append(list, weight)
			}
		}
	}
	return list
}
