package registration

import (
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

// diagnoses are the indications that a diagnosis states by itself. One whose level or
// cause is not in its code is known through the record, which weighs what lies beside it.
var diagnoses = map[terminology.Concept]string{
	"dx-fbss":                                "fbss",
	"dx-fnss":                                "fnss",
	"dx-crps":                                "crps",
	"dx-crps1":                               "crps",
	"dx-crps2":                               "crps",
	"dx-crps-lower-limb":                     "crps",
	"dx-crps-upper-limb":                     "crps",
	"dx-painful-diabetic-polyneuropathy":     "pdn",
	"dx-acute-painful-diabetic-neuropathy":   "pdn",
	"dx-diabetic-neuropathy-pain-not-stated": "pdn",
	"dx-small-fibre-neuropathy":              "sfn",
	"dx-cluster-headache-chronic":            "cch",
	"dx-cluster-headache-any":                "cch",
	"excl-postherpetic-neuralgia":            "phn",
	"excl-nerve-injury-mononeuropathy":       "nerve-injury-neuropathy",
	"excl-plexus-lesion":                     "nerve-injury-neuropathy",
	"excl-refractory-angina":                 "angina",
	"excl-peripheral-arterial-disease":       "pad",
}

// open are diagnoses of which the record may decide what they mean.
var open = []terminology.Concept{"dx-postlaminectomy-level-unknown", "dx-mononeuropathy-cause-not-stated", "excl-angina-not-refractory"}

// suspected are the diagnoses among them that never confirm the indication.
var suspected = map[terminology.Concept]bool{"dx-diabetic-neuropathy-pain-not-stated": true, "dx-cluster-headache-any": true}

const (
	conditionClinical     = "http://terminology.hl7.org/CodeSystem/condition-clinical"
	conditionVerification = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
)

// zibVerification is what the zib's codes of verification are in those of HL7.
var zibVerification = map[string]string{"410605003": "confirmed", "410516002": "refuted", "415684004": "provisional"}

// verification is how sure a condition is; entered-in-error and refuted stand above
// what other codings say, and codings that disagree confirm nothing.
func verification(c *fhir.Condition) string {
	var said []string
	if c.VerificationStatus != nil {
		for _, coding := range c.VerificationStatus.Coding {
			switch coding.System {
			case conditionVerification, "":
				said = append(said, coding.Code)
			case "http://snomed.info/sct":
				said = append(said, zibVerification[coding.Code])
			}
		}
	}
	for _, first := range []string{"entered-in-error", "refuted"} {
		if slices.Contains(said, first) {
			return first
		}
	}
	if len(said) == 0 || slices.ContainsFunc(said, func(s string) bool { return s != "confirmed" }) {
		return "provisional"
	}
	return "confirmed"
}

var clinicalStatuses = []string{"active", "recurrence", "relapse", "inactive", "remission", "resolved"}

// clinical is the clinical status, where one code of HL7 says so.
func clinical(c *fhir.Condition) string {
	status := ""
	if c.ClinicalStatus != nil {
		for _, coding := range c.ClinicalStatus.Coding {
			if (coding.System == conditionClinical || coding.System == "") && slices.Contains(clinicalStatuses, coding.Code) {
				if status != "" && status != coding.Code {
					return ""
				}
				status = coding.Code
			}
		}
	}
	return status
}

// conditions takes the indications from diagnoses, and from what else the record
// knows them by.
func (r *reader) conditions() {
	each(r, r.condition)
	for i := range r.record.Indications {
		r.indicationOf(&r.record.Indications[i])
	}
}

// condition takes an indication from a diagnosis.
func (r *reader) condition(c *fhir.Condition) {
	concepts := r.concepts(c.Code)
	code, stated := meaning(diagnoses, concepts)
	if !stated && slices.ContainsFunc(concepts, func(k terminology.Concept) bool { return slices.Contains(open, k) }) {
		code = r.decided(c)
	}
	sure := verification(c)
	onset, _ := period(c.OnsetPeriod, c.OnsetDateTime)
	switch {
	case code == "":
		if _, ok := r.complicationKind(concepts, true); !ok {
			r.drop(c, "code", "neither an indication nor a complication")
		}
		return
	case sure == "entered-in-error" || sure == "refuted":
	case r.later(onset) || onset.IsZero() && r.later(c.RecordedDate):
		r.drop(c, "onset", afterAsOf)
		return
	}
	o, ok := r.origin(c, r.clinic(c, []*fhir.Reference{c.Encounter}))
	if !ok {
		return
	}
	r.serve(c)
	if o.Retracted = sure == "entered-in-error" || sure == "refuted"; o.Retracted {
		r.out.Indications = append(r.out.Indications, Indication{Origin: o, Code: code})
		return
	}
	specified := fhir.Find(c.Code.Extension, fhir.FurtherName) != nil
	if specified {
		r.drop(c, "code.extension", "the name is specified further in words, which may change what it means: not taken as confirmed")
	}
	vague := !slices.ContainsFunc(concepts, func(k terminology.Concept) bool { return diagnoses[k] == code && !suspected[k] })
	if !stated {
		vague = !r.confirms(c, code)
	}
	r.out.Indications = append(r.out.Indications, Indication{
		Origin: o, Code: code, Codings: r.codings(c, "code", c.Code),
		Confirmed:      sure == "confirmed" && !specified && !vague,
		ClinicalStatus: clinical(c), Onset: onset.Text, Recorded: c.RecordedDate.Text,
	})
}

// decided is the indication for which the record took the condition.
func (r *reader) decided(c *fhir.Condition) string {
	for i := range r.record.Indications {
		told := &r.record.Indications[i]
		if slices.ContainsFunc(told.Evidence, func(e mapping.Evidence) bool { return e.Resource == fhir.Name(c) }) {
			return told.Code
		}
	}
	return ""
}

// confirms reports whether the record rests on the condition for the indication.
func (r *reader) confirms(c *fhir.Condition, code string) bool {
	for _, v := range r.record.Fact(code + ".confirmed").Values {
		if v.True && slices.ContainsFunc(v.Evidence, func(e mapping.Evidence) bool { return e.Resource == fhir.Name(c) }) {
			return true
		}
	}
	return false
}

// indicationOf takes an indication that no diagnosis states: from a form or a request.
func (r *reader) indicationOf(told *mapping.Indication) {
	var best fhir.Resource
	for _, e := range told.Evidence {
		switch x := r.named[e.Resource].(type) {
		case nil:
		case *fhir.Condition:
			return
		default:
			if best == nil || r.key(x) < r.key(best) {
				best = x
			}
		}
	}
	if best == nil || slices.ContainsFunc(r.out.Indications, func(i Indication) bool { return i.Code == told.Code && !i.Retracted }) {
		return
	}
	o, ok := r.origin(best, "")
	if !ok {
		return
	}
	r.serve(best)
	values := r.record.Fact(told.Code + ".confirmed").Values
	if told.Name != "" {
		r.drop(best, "item", "the name of a condition in words is not passed on")
	}
	r.out.Indications = append(r.out.Indications, Indication{
		Origin: o.part(told.Code), Code: told.Code, Confirmed: len(values) == 1 && values[0].True,
	})
}

// reasons are the keys of the indications that are the reason of a procedure.
func (r *reader) reasons(p *fhir.Procedure, o Origin) []string {
	var keys []string
	for i, reference := range p.ReasonReference {
		key, x := r.refer(p, reference, "Condition")
		known := slices.ContainsFunc(r.out.Indications, func(one Indication) bool { return one.Key == key })
		switch _, condition := x.(*fhir.Condition); {
		case known, x == nil && key != "":
			keys = append(keys, key)
		case condition:
			r.drop(p, at("reasonReference", i), "the condition is no indication that we know")
		default:
			r.drop(p, at("reasonReference", i), "the reason did not come along and cannot be recognised")
		}
	}
	for i := range p.ReasonCode {
		code, ok := meaning(diagnoses, r.concepts(&p.ReasonCode[i]))
		if !ok {
			continue
		}
		found := false
		for _, one := range r.out.Indications {
			if one.Code == code && !one.Retracted && !strings.Contains(one.Key, "#") {
				keys, found = append(keys, one.Key), true
			}
		}
		if !found {
			own := Indication{Origin: o.part(code), Code: code, Codings: r.codings(p, at("reasonCode", i), &p.ReasonCode[i])}
			r.out.Indications = append(r.out.Indications, own)
			keys = append(keys, own.Key)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}
