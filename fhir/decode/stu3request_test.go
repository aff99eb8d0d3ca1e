package decode_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// Both types of STU3 must give the ServiceRequest that R4 would have sent.
func TestSTU3RequestsAreServiceRequests(t *testing.T) {
	for name, c := range map[string]struct{ kind, stu3, r4 string }{
		"order": {"ProcedureRequest",
			`"status":"active","intent":"order","category":[{"text":"a"}],"doNotPerform":true,"code":{"text":"b"},"context":{"reference":"Encounter/1"},
			 "performerType":{"text":"c"},"performer":{"display":"d"},"bodySite":[{"text":"e"}],"note":[{"text":"f"}]`,
			`"status":"active","intent":"order","category":[{"text":"a"}],"doNotPerform":true,"code":{"text":"b"},"encounter":{"reference":"Encounter/1"},
			 "performerType":{"text":"c"},"performer":[{"display":"d"}],"bodySite":[{"text":"e"}],"note":[{"text":"f"}]`},
		"referral": {"ReferralRequest",
			`"status":"active","intent":"plan","type":{"text":"a"},"serviceRequested":[{"text":"b"},{"text":"c"}],"specialty":{"text":"d"},
			 "recipient":[{"display":"e"},{"display":"f"}],"reasonCode":[{"text":"g"}],"reasonReference":[{"display":"h"}]`,
			`"status":"active","intent":"plan","code":{"text":"a"},"orderDetail":[{"text":"b"},{"text":"c"}],"performerType":{"text":"d"},
			 "performer":[{"display":"e"},{"display":"f"}],"reasonCode":[{"text":"g"}],"reasonReference":[{"display":"h"}]`},
		"requester":       {"ReferralRequest", `"requester":{"agent":{"display":"a"},"onBehalfOf":{"display":"b"}}`, `"requester":{"display":"a"}`},
		"dates":           {"ProcedureRequest", `"authoredOn":"2020","occurrencePeriod":{"start":"2021"}`, `"authoredOn":"2020","occurrencePeriod":{"start":"2021"}`},
		"suspended":       {"ProcedureRequest", `"status":"suspended"`, `"status":"on-hold"`},
		"cancelled":       {"ReferralRequest", `"status":"cancelled"`, `"status":"revoked"`},
		"in error":        {"ReferralRequest", `"status":"entered-in-error"`, `"status":"entered-in-error"`},
		"nothing of STU3": {"ProcedureRequest", `"status":"draft"`, `"status":"draft"`},
	} {
		t.Run(name, func(t *testing.T) {
			stu3 := read(t, `{"resourceType":"`+c.kind+`","id":"x",`+c.stu3+`}`)
			r4 := read(t, `{"resourceType":"ServiceRequest","id":"x",`+c.r4+`}`)
			if diff := cmp.Diff(r4.Resources, stu3.Resources, same); diff != "" {
				t.Error(diff)
			}
			origin := stu3.Resources[0].Head().Origin
			if !origin.STU3 || origin.Type != c.kind || fhir.Name(stu3.Resources[0]) != c.kind+"/x" {
				t.Errorf("not marked: %+v", origin)
			}
			issue := stu3.Issues[0]
			if len(stu3.Issues) != 1 || issue.Resource != c.kind+"/x" || !strings.Contains(issue.Reason, "as "+c.kind+"; converted to ServiceRequest") {
				t.Errorf("not told: %v", stu3.Issues)
			}
		})
	}
}

func TestSTU3RequestIsFoundAsSent(t *testing.T) {
	chart := read(t, bundleOf(`{"resourceType":"ProcedureRequest","id":"x"}`, `{"resourceType":"ReferralRequest","id":"x"}`,
		`{"resourceType":"Procedure","basedOn":[{"reference":"ReferralRequest/x"}]}`))
	procedure := chart.Resources[2].(*fhir.Procedure)
	if got := chart.Resolve(procedure, procedure.BasedOn[0]); got != chart.Resources[1] {
		t.Errorf("got %v", got)
	}
}

func TestSTU3RequestAboutAnotherIsRejected(t *testing.T) {
	chart := read(t, bundleOf(patient1, `{"resourceType":"ReferralRequest","id":"x","subject":{"reference":"Patient/p2"}}`))
	if len(chart.Rejected) != 1 || chart.Rejected[0].Resource != "ReferralRequest/x" {
		t.Errorf("got %v", chart.Rejected)
	}
}
