package intake_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/registry/store/storetest"
)

// The forms in which record systems send what they have.

const (
	uuid1 = "urn:uuid:0d5e0e2a-0000-4000-8000-000000000001"
	uuid2 = "urn:uuid:0d5e0e2a-0000-4000-8000-000000000002"
	bsns  = "http://fhir.nl/fhir/NamingSystem/bsn"
)

// bundleOf is a Bundle of a type with these entries.
func bundleOf(kind string, entries ...string) string {
	return `{"resourceType":"Bundle","type":"` + kind + `","entry":[` + strings.Join(entries, ",") + `]}`
}

// entry is one of a Bundle: its fullUrl and resource, which may be empty, and further members.
func entry(fullURL, resource string, more ...string) string {
	members := more
	if resource != "" {
		members = append([]string{`"resource":` + resource}, members...)
	}
	if fullURL != "" {
		members = append([]string{fmt.Sprintf(`"fullUrl":%q`, fullURL)}, members...)
	}
	return "{" + strings.Join(members, ",") + "}"
}

func request(method, url string) string {
	return fmt.Sprintf(`"request":{"method":%q,"url":%q}`, method, url)
}

// version gives a resource a version.
func version(n int, resource string) string {
	return strings.Replace(resource, `"id":`, fmt.Sprintf(`"meta":{"versionId":"%d","lastUpdated":"2025-02-0%dT10:00:00Z"},"id":`, n, n), 1)
}

func TestTheFormsInWhichRecordSystemsSend(t *testing.T) {
	p1, p2 := patient("1", bsn1), patient("2", bsn2)
	of := func(subject string) string { return procedure("a", subject, "2025-01-02") }
	const (
		deletion = " rejected: a deletion is not taken, since it does not say what was registered of it: send the resource with the status entered-in-error"
		patch    = " rejected: a patch is not taken: send the resource as it is now"
	)
	for name, c := range map[string]struct {
		body, counts string
		procedures   int
		issues       []string
	}{
		"a transaction that deletes too": {bundleOf("transaction", entry("", p1, request("PUT", "Patient/1")), entry("", of("Patient/1"), request("PUT", "Procedure/a")),
			entry("", "", request("DELETE", "Procedure/b")), entry("", "", request("GET", "Procedure/b"))), "4 = accepted 2 + ignored 1 + rejected 1", 1,
			[]string{"error Bundle.entry[2]" + deletion, "information Bundle.entry[3] ignored: the entry holds no resource"}},
		"patches": {bundleOf("transaction", entry("", p1), entry("", `{"resourceType":"Parameters","parameter":[{"name":"operation","part":[{"name":"type","valueCode":"replace"}]}]}`, request("PATCH", "Procedure/a")),
			entry("", `{"resourceType":"Binary","contentType":"application/json-patch+json","data":"W10="}`, request("PATCH", "Procedure/a")),
			entry("", of("Patient/1"), request("PATCH", "Procedure/a"))), "4 = accepted 1 + ignored 0 + rejected 3", 0,
			[]string{"error Bundle.entry[1].resource" + patch, "error Bundle.entry[2].resource" + patch, "error Bundle.entry[3].resource" + patch}},
		"a history": {bundleOf("history", entry("", version(2, p1)), entry("", version(1, p1)), entry("", version(2, of("Patient/1"))), entry("", version(1, of("Patient/1"))),
			entry("https://epd.example/fhir/Procedure/b", "", request("DELETE", "Procedure/b"))), "5 = accepted 2 + ignored 2 + rejected 1", 1,
			[]string{"information Bundle.entry[1].resource ignored: a newer version of the resource came along",
				"information Bundle.entry[3].resource ignored: a newer version of the resource came along", "error Bundle.entry[4]" + deletion}},
		"a search": {bundleOf("searchset", entry("https://epd.example/fhir/Patient/1", p1), entry("", of("https://epd.example/fhir/Patient/1")),
			entry("", `{"resourceType":"OperationOutcome","issue":[{"severity":"warning","code":"not-found"}]}`, `"search":{"mode":"outcome"}`)), "3 = accepted 2 + ignored 1 + rejected 0", 1,
			[]string{"information Bundle.entry[2].resource ignored: an OperationOutcome is no data of the patient",
				"warning Bundle.entry[2].resource the sender enclosed an OperationOutcome: resources may be lacking"}},
		"the same twice": {bundleOf("collection", entry("", p1), entry(uuid1, of("Patient/1")), entry(uuid2, of("Patient/1"))), "3 = accepted 3 + ignored 0 + rejected 0", 1, nil},
		"the same twice, in two forms": {bundleOf("collection", entry("", p1), entry(uuid1, of("Patient/1")), entry(uuid2, procedure("a", "Patient/1", "2025-02-02"))),
			"3 = accepted 3 + ignored 0 + rejected 0", 1, []string{"warning Bundle.entry[2].resource the same resource came along in another form, and meta does not tell which is newer: one of them counts"}},
		"the patient twice":       {bundleOf("collection", entry(uuid1, p1), entry(uuid2, p1), entry("", of(uuid2))), "3 = accepted 3 + ignored 0 + rejected 0", 1, nil},
		"a conditional reference": {bundleOf("transaction", entry("", p1), entry("", of("Patient?identifier="+bsns+"|"+bsn1))), "2 = accepted 2 + ignored 0 + rejected 0", 1, nil},
		"a conditional reference in code": {bundleOf("batch", entry("", p1), entry("", of("Patient?identifier=http%3A%2F%2Ffhir.nl%2Ffhir%2FNamingSystem%2Fbsn%7C"+bsn1+",urn%3Ax%7C1"))),
			"2 = accepted 2 + ignored 0 + rejected 0", 1, nil},
		"a conditional reference to one of two": {bundleOf("transaction", entry("", p1), entry("", p2), entry("", of("Patient?identifier="+bsns+"|"+bsn2))), "3 = accepted 3 + ignored 0 + rejected 0", 1, nil},
		"a conditional reference to another": {bundleOf("transaction", entry("", p1), entry("", of("Patient?identifier="+bsns+"|"+bsn2))), "2 = accepted 1 + ignored 0 + rejected 1", 0,
			[]string{"error Bundle.entry[1].resource.subject rejected: about another patient"}},
		"absolute references to two": {bundleOf("collection", entry("https://epd.example/fhir/Patient/1", p1), entry("https://epd.example/fhir/Patient/2", p2),
			entry("", of("https://epd.example/fhir/Patient/2")), entry("", procedure("b", "https://epd.example/fhir/Patient/1/_history/3", "2025-01-02"))), "4 = accepted 4 + ignored 0 + rejected 0", 2, nil},
		"what has no id": {bundleOf("transaction", entry(uuid1, strings.Replace(p1, `"id":"1",`, "", 1)), entry(uuid2, strings.Replace(of(uuid1), `"id":"a",`, "", 1))),
			"2 = accepted 2 + ignored 0 + rejected 0", 1, nil},
		"a message": {bundleOf("message", entry("", `{"resourceType":"MessageHeader","eventUri":"urn:x","source":{"endpoint":"urn:y"}}`), entry("", p1), entry("", of("Patient/1"))),
			"3 = accepted 2 + ignored 1 + rejected 0", 1, []string{"information Bundle.entry[0].resource ignored: resources of type MessageHeader are not read"}},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHarness(t, storetest.Open(t, storetest.URL(t, "sqlite"), storetest.Keys(t)), nil)
			a := h.post(c.body)
			procedures := 0
			for p, err := range h.store.Registrations(t.Context()) {
				if err != nil {
					t.Fatal(err)
				}
				procedures += len(p.Registration.Procedures)
			}
			if a.counts != "received "+c.counts || procedures != c.procedures {
				t.Errorf("%q, %d procedures; want %q, %d", a.counts, procedures, c.counts, c.procedures)
			}
			if strings.Join(a.issues, "\n") != strings.Join(c.issues, "\n") {
				t.Errorf("issues\n%s\nwant\n%s", strings.Join(a.issues, "\n"), strings.Join(c.issues, "\n"))
			}
		})
	}
}

// An older version changes nothing, whenever it comes.
func TestAnOlderVersionChangesNothing(t *testing.T) {
	both(t, func(t *testing.T, h *harness) {
		h.post(bundleOf("collection", entry("", version(3, patient("1", bsn1))), entry("", version(3, procedure("a", "Patient/1", "2025-01-02")))))
		h.post(bundleOf("collection", entry("", version(2, patient("1", bsn1))), entry("", version(2, procedure("a", "Patient/1", "2024-12-31")))))
		for p, err := range h.store.Registrations(t.Context()) {
			if err != nil || p.Registration.Procedures[0].Start != "2025-01-02" {
				t.Errorf("%+v, %v", p.Registration.Procedures, err)
			}
		}
	})
}
