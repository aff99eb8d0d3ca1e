package neuromodulation

import (
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// CoverageInformation is the extension of Da Vinci Coverage Requirements Discovery that
// says whether an order is covered; what we send of it is the same in 2.0.1 to 2.2.1
// (http://hl7.org/fhir/us/davinci-crd/StructureDefinition-ext-coverage-information.html).
const CoverageInformation = "http://hl7.org/fhir/us/davinci-crd/StructureDefinition/ext-coverage-information"

// verdictSystem is the CodeSystem of the verdicts, the first coding of a reason. By it
// we know our own assertions from those of an insurer, which we never touch.
const verdictSystem = mapping.CanonicalBase + "/CodeSystem/verdict"

// covered is what a verdict means for coverage. What is not known is conditional, never
// covered; a verdict that is not here says nothing of it.
var covered = map[validation.Conclusion]string{
	validation.CoveredEligible: "covered",
	validation.NotCovered:      "not-covered",
	validation.NotEligible:     "not-covered",
	validation.NeedsData:       "conditional",
	validation.ReferralNeeded:  "conditional",
	validation.NoIndication:    "conditional",
	validation.Transition:      "conditional",
	validation.VersionConflict: "conditional",
}

// coverageQuery asks for the insurance, as in Da Vinci CRD.
var coverageQuery = cdshooks.Template{Key: "coverage", Query: "Coverage?patient={{context.patientId}}&status=active", Optional: true}

// templates are the prefetch templates, with that of the insurance when it is used.
func (o Options) templates(list ...cdshooks.Template) []cdshooks.Template {
	if o.CoverageInformation {
		list = append(list, coverageQuery)
	}
	return list
}

// Names of Da Vinci CRD for what a client may set at each call
// (http://hl7.org/fhir/us/davinci-crd/deviations.html).
const (
	configurationOptions = "davinci-crd.configuration-options"
	configuration        = "davinci-crd.configuration"
	coverageOption       = "coverage-info"
)

// extension tells clients that they may do without.
func (o Options) extension() map[string]any {
	if !o.CoverageInformation {
		return nil
	}
	return map[string]any{configurationOptions: []map[string]any{{
		"code": coverageOption, "type": "boolean", "default": true, "name": "Coverage information",
		"description": "Writes on neuromodulation orders what the Dutch standpunt says of their coverage.",
	}}}
}

// declined reports whether the client does not want coverage information.
func declined(extension jsontext.Value) bool {
	var named map[string]jsontext.Value
	var set map[string]jsontext.Value
	if json.Unmarshal(extension, &named) != nil || json.Unmarshal(named[configuration], &set) != nil {
		return false
	}
	return set[coverageOption].Kind() == 'f'
}

// coverage are the system actions that write on each order what its coverage is. There
// is none for an order without a Coverage that it is about, and none when the order says
// so already.
func (w *writer) coverage(orders []order, card *cdshooks.Card) ([]cdshooks.Action, error) {
	if len(orders) == 0 || declined(w.call.Extension) || w.coverageCode() == "" {
		return nil, nil
	}
	wanted := make(map[string]bool, len(orders))
	for _, o := range orders {
		wanted[o.name] = true
	}
	found, policies := w.collect(wanted)
	var actions []cdshooks.Action
	for _, resource := range found {
		policy := policyOf(resource, policies)
		if policy == "" {
			continue
		}
		assertion := w.assertion(policy, card)
		updated, changed, err := annotate(resource, assertion)
		if err != nil {
			return nil, err
		}
		if changed {
			actions = append(actions, cdshooks.Action{Type: "update", Description: wordCoverage.In(w.call.Language), Resource: updated})
		}
	}
	return actions, nil
}

var (
	wordCoverage = standpunt.Text{NL: "Noteert op de order wat het standpunt over de vergoeding zegt", EN: "Notes on the order what the standpunt says of its coverage"}
	wordBasis    = standpunt.Text{NL: "Volgens het standpunt, niet namens de verzekeraar: ", EN: "By the standpunt, not on behalf of the insurer: "}
)

// coverageCode is what the verdict means for coverage; empty is nothing. A patient who
// is not eligible only for want of what can be remedied may become so.
func (w *writer) coverageCode() string {
	if w.verdict.Verdict != validation.NotEligible {
		return covered[w.verdict.Verdict]
	}
	for _, c := range w.criteria() {
		if c.Outcome == kleene.NotMet && (c.Effect == standpunt.Decisive || c.Effect == standpunt.Coverage) {
			return "not-covered"
		}
	}
	return "conditional"
}

// assertion is the content of the extension for one policy.
func (w *writer) assertion(policy string, card *cdshooks.Card) extension {
	code := w.coverageCode()
	parts := []extension{
		{URL: "coverage", Reference: &target{policy}},
		{URL: "covered", Code: code},
	}
	forms := w.forms()
	if code != "conditional" {
		forms = nil
	}
	if len(forms) > 0 {
		parts = append(parts, extension{URL: "doc-needed", Code: "clinical"})
	}
	if code == "conditional" { // on what, the reason says
		parts = append(parts, extension{URL: "info-needed", Code: "OTH"})
	}
	parts = append(parts, extension{URL: "reason", Concept: &concept{
		Coding: []cdshooks.Coding{{System: verdictSystem, Code: string(w.verdict.Verdict), Display: advice.Name(string(w.verdict.Verdict), w.call.Language)}},
		Text:   wordBasis.In(w.call.Language) + card.Summary,
	}})
	for _, f := range forms {
		parts = append(parts, extension{URL: "questionnaire", Canonical: f.canonical})
	}
	parts = append(parts, extension{URL: "date", Date: w.record.AsOf.String()}, extension{URL: "coverage-assertion-id", String: card.UUID})
	return extension{URL: CoverageInformation, Parts: parts}
}

// collect finds, as sent, the resources with these names, in the order sent, and the
// references to what insures the patient.
func (w *writer) collect(wanted map[string]bool) (found []jsontext.Value, policies []string) {
	subject := w.subject()
	taken := map[string]bool{}
	visit := func(name string, resource jsontext.Value) {
		if taken[name] {
			return
		}
		switch {
		case wanted[name]:
			found = append(found, resource)
		case strings.HasPrefix(name, "Coverage/") && insures(resource, subject):
			policies = append(policies, name)
		default:
			return
		}
		taken[name] = true
	}
	eachResource(w.call.Context.DraftOrders, visit)
	for _, datum := range w.call.Data {
		for _, document := range datum.Documents {
			eachResource(document, visit)
		}
	}
	return found, policies
}

// eachResource visits the resources with an id of a document: itself, or those in a Bundle.
func eachResource(document jsontext.Value, visit func(name string, resource jsontext.Value)) {
	var resource struct {
		Type  string `json:"resourceType"`
		ID    string `json:"id"`
		Entry []struct {
			Resource jsontext.Value `json:"resource"`
		} `json:"entry"`
	}
	if document == nil || json.Unmarshal(document, &resource) != nil {
		return
	}
	if resource.Type != "Bundle" {
		if resource.ID != "" {
			visit(resource.Type+"/"+resource.ID, document)
		}
		return
	}
	for _, e := range resource.Entry {
		eachResource(e.Resource, visit)
	}
}

// insures reports whether a Coverage is in force, as far as it says, and the patient's.
func insures(coverage jsontext.Value, subject string) bool {
	var c struct {
		Status      string `json:"status"`
		Beneficiary target `json:"beneficiary"`
	}
	if json.Unmarshal(coverage, &c) != nil || c.Status != "active" {
		return false
	}
	_, name := fhir.SplitReference(c.Beneficiary.Reference)
	return name == subject
}

// policyOf is the Coverage that an order is about: the one that it names itself, else
// the only one of the patient. Between several we do not choose.
func policyOf(resource jsontext.Value, policies []string) string {
	var order struct {
		Insurance []target `json:"insurance"`
	}
	if json.Unmarshal(resource, &order) == nil && len(order.Insurance) > 0 {
		policies = nil
		for _, i := range order.Insurance {
			if _, name := fhir.SplitReference(i.Reference); strings.HasPrefix(name, "Coverage/") {
				policies = append(policies, i.Reference)
			}
		}
	}
	if len(policies) != 1 {
		return ""
	}
	return policies[0]
}
