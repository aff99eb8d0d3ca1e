package answer_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/registry/delivery/answer"
)

var now = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// outcome is an OperationOutcome with issues of severity error; its words must never be
// seen again.
func outcome(codes ...string) string {
	issues := make([]string, len(codes))
	for i, code := range codes {
		issues[i] = fmt.Sprintf(`{"severity":"error","code":%q,"diagnostics":"Jansen 999911120"}`, code)
	}
	return `{"resourceType":"OperationOutcome","issue":[` + strings.Join(issues, ",") + `]}`
}

func TestAWholeAnswerIsClassed(t *testing.T) {
	tests := []struct {
		status int
		body   string
		want   answer.Class
		reason string
	}{
		{200, ``, answer.Delivered, ""},
		{201, `{"resourceType":"Bundle"}`, answer.Delivered, ""},
		{202, ``, answer.Delivered, ""},
		{204, ``, answer.Delivered, ""},
		{200, `{"resourceType":"OperationOutcome","issue":[{"severity":"information","code":"informational"}]}`, answer.Delivered, ""},
		{200, outcome("invalid"), answer.Permanent, "status 200 OK (invalid)"},
		{200, outcome("transient"), answer.Retry, "status 200 OK (transient)"},
		{301, ``, answer.Refused, "status 301 Moved Permanently"},
		{400, outcome("structure", "value", "structure"), answer.Permanent, "status 400 Bad Request (structure, value)"},
		{400, outcome("too-costly"), answer.Split, "status 400 Bad Request (too-costly)"},
		{400, outcome("throttled"), answer.Retry, "status 400 Bad Request (throttled)"},
		{400, outcome("Jansen"), answer.Permanent, "status 400 Bad Request"},
		{401, ``, answer.Refused, "status 401 Unauthorized"},
		{403, ``, answer.Refused, "status 403 Forbidden"},
		{404, `<html>`, answer.Refused, "status 404 Not Found"},
		{404, outcome("not-supported"), answer.Permanent, "status 404 Not Found (not-supported)"},
		{405, ``, answer.Refused, "status 405 Method Not Allowed"},
		{408, ``, answer.Retry, "status 408 Request Timeout"},
		{409, ``, answer.Retry, "status 409 Conflict"},
		{409, outcome("conflict"), answer.Retry, "status 409 Conflict (conflict)"},
		{409, outcome("duplicate"), answer.Permanent, "status 409 Conflict (duplicate)"},
		{409, outcome("duplicate", "transient"), answer.Retry, "status 409 Conflict (duplicate, transient)"},
		{410, ``, answer.Permanent, "status 410 Gone"},
		{412, outcome("multiple-matches"), answer.Permanent, "status 412 Precondition Failed (multiple-matches)"},
		{413, ``, answer.Split, "status 413 Request Entity Too Large"},
		{415, ``, answer.Refused, "status 415 Unsupported Media Type"},
		{422, outcome("business-rule"), answer.Permanent, "status 422 Unprocessable Entity (business-rule)"},
		{425, ``, answer.Retry, "status 425 Too Early"},
		{429, ``, answer.Retry, "status 429 Too Many Requests"},
		{451, ``, answer.Permanent, "status 451 Unavailable For Legal Reasons"},
		{500, outcome("exception"), answer.Retry, "status 500 Internal Server Error (exception)"},
		{500, outcome("invalid"), answer.Retry, "status 500 Internal Server Error (invalid)"}, // the server itself failed
		{502, `<html>`, answer.Retry, "status 502 Bad Gateway"},
		{503, ``, answer.Retry, "status 503 Service Unavailable"},
		{504, ``, answer.Retry, "status 504 Gateway Timeout"},
		{507, ``, answer.Retry, "status 507 Insufficient Storage"},
		{101, ``, answer.Unknown, "status 101 Switching Protocols"},
		{600, ``, answer.Unknown, "status 600"},
	}
	for _, test := range tests {
		got := answer.Of(answer.Question{Bundle: "collection"}, test.status, nil, []byte(test.body), now)
		if got.Class != test.want || got.Reason != test.reason || got.Wait != -1 {
			t.Errorf("%d %s: %s %q, waiting %s; want %s %q", test.status, test.body, got.Class, got.Reason, got.Wait, test.want, test.reason)
		}
	}
}

func TestRetryAfterIsTakenOver(t *testing.T) {
	for value, want := range map[string]time.Duration{"30": 30 * time.Second, "Sun, 01 Mar 2026 12:01:00 GMT": time.Minute, "86400": answer.MaxWait, "soon": -1} {
		got := answer.Of(answer.Question{}, 503, http.Header{"Retry-After": {value}}, nil, now)
		if got.Class != answer.Retry || got.Wait != want {
			t.Errorf("%s: %s, %s", value, got.Class, got.Wait)
		}
	}
}

// asked are entries that put resources of these types.
func asked(types ...string) (entries []answer.Asked) {
	for _, t := range types {
		entries = append(entries, answer.Asked{Type: t})
	}
	return entries
}

// reply is a response Bundle with these entries.
func reply(kind string, entries ...string) []byte {
	return []byte(`{"resourceType":"Bundle","type":"` + kind + `-response","entry":[` + strings.Join(entries, ",") + `]}`)
}

func response(status, location, etag string) string {
	return fmt.Sprintf(`{"response":{"status":%q,"location":%q,"etag":%q}}`, status, location, etag)
}

func TestATransactionIsCheckedEntryByEntry(t *testing.T) {
	question := answer.Question{Bundle: "transaction", Entries: asked("Organization", "Patient", "Procedure")}
	body := reply("transaction",
		response("200 OK", "Organization/o1/_history/4", `W/"4"`),
		response("201 Created", "https://registry.example/fhir/Patient/p1/_history/1", ""),
		response("201", "", `W/"2"`))
	got := answer.Of(question, 200, nil, body, now)
	want := answer.Answer{Class: answer.Delivered, Wait: -1, Entries: []answer.Entry{
		{Class: answer.Delivered, Status: 200, Location: "Organization/o1", Version: "4"},
		{Class: answer.Delivered, Status: 201, Location: "Patient/p1", Version: "1"},
		{Class: answer.Delivered, Status: 201, Version: "2"},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestABatchFailsPerEntry(t *testing.T) {
	question := answer.Question{Bundle: "batch", Entries: asked("Patient", "Condition", "Procedure", "Device", "Observation", "Observation")}
	entries := []string{
		response("200", "Patient/p1", `W/"1"`),
		`{"response":{"status":"422","outcome":` + outcome("invalid") + `}}`,
		`{"response":{"status":"429"}}`,
		`{"response":{"status":"403"}}`,
		`{"response":{"status":"413"}}`,
		`{"response":{"status":"304"}}`,
	}
	got := answer.Of(question, 200, http.Header{"Retry-After": {"9"}}, reply("batch", entries...), now)
	want := answer.Answer{Class: answer.Retry, Wait: 9 * time.Second, Reason: "Procedure: status 429 Too Many Requests", Entries: []answer.Entry{
		{Class: answer.Delivered, Status: 200, Location: "Patient/p1", Version: "1"},
		{Class: answer.Permanent, Status: 422, Reason: "Condition: status 422 Unprocessable Entity (invalid)"},
		{Class: answer.Retry, Status: 429, Reason: "Procedure: status 429 Too Many Requests"},
		{Class: answer.Permanent, Status: 403, Reason: "Device: status 403 Forbidden"},
		{Class: answer.Permanent, Status: 413, Reason: "Observation: status 413 Request Entity Too Large"},
		{Class: answer.Delivered, Status: 304},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	entries[2] = response("201", "Procedure/x", "")
	got = answer.Of(question, 200, nil, reply("batch", entries...), now)
	if got.Class != answer.Permanent || got.Reason != "Condition: status 422 Unprocessable Entity (invalid), and 2 more entries" {
		t.Errorf("nothing to try again: %s %q", got.Class, got.Reason)
	}
	entries[0] = `{"response":{"status":"401"}}`
	if got = answer.Of(question, 200, nil, reply("batch", entries...), now); got.Class != answer.Refused {
		t.Errorf("no authorisation: %s", got.Class)
	}
}

func TestWhatIsGoneIsDeleted(t *testing.T) {
	for _, status := range []string{"200", "204", "404", "410"} {
		body := reply("transaction", response(status, "", ""))
		for deletes, want := range map[bool]answer.Class{true: answer.Delivered, false: answer.Permanent} {
			question := answer.Question{Bundle: "transaction", Entries: []answer.Asked{{Type: "GuidanceResponse", Delete: deletes}}}
			if got := answer.Of(question, 200, nil, body, now); got.Class != want && status[0] == '4' || status[0] == '2' && got.Class != answer.Delivered {
				t.Errorf("%s, deletes %v: %s", status, deletes, got.Class)
			}
		}
	}
}

func TestItIsToldWhatMayHaveBeenDone(t *testing.T) {
	for status, want := range map[int]bool{200: false, 400: false, 401: false, 408: true, 409: false, 413: false, 429: false, 500: true, 502: true, 503: true, 504: true, 999: true} {
		if got := answer.Of(answer.Question{}, status, nil, nil, now); got.Unsure != want {
			t.Errorf("%d: %v", status, got.Unsure)
		}
	}
}

func TestAnAnswerThatDoesNotFitIsNotTrusted(t *testing.T) {
	question := answer.Question{Bundle: "transaction", Entries: asked("Patient", "Condition")}
	p, c := response("201", "Patient/p1", ""), response("201", "Condition/c1", "")
	for name, body := range map[string]string{
		"it is not FHIR JSON":          `<html>`,
		"it is not a Bundle":           `{"resourceType":"Patient"}`,
		"not a transaction-response":   string(reply("batch", p, c)),
		"1 entries, where 2 were sent": string(reply("transaction", p)),
		"3 entries, where 2 were sent": string(reply("transaction", p, c, c)),
		"entry 0 is another type":      string(reply("transaction", c, p)),
		"entry 1 has no response":      string(reply("transaction", p, `{}`)),
		"entry 0 has no response":      string(reply("transaction", `null`, c)),
	} {
		got := answer.Of(question, 200, nil, []byte(body), now)
		if got.Class != answer.Unknown || !strings.Contains(got.Reason, name) {
			t.Errorf("%s: %s %q", name, got.Class, got.Reason)
		}
	}
	got := answer.Of(question, 200, nil, reply("transaction", p, response("OK", "", "")), now)
	if got.Class != answer.Unknown || got.Entries[0].Class != answer.Delivered || got.Entries[1].Class != answer.Unknown {
		t.Errorf("an entry without status: %+v", got)
	}
}

func FuzzAnswer(f *testing.F) {
	f.Add(200, "30", string(reply("transaction", response("200", "Patient/1", `W/"1"`))))
	f.Add(200, "", string(reply("batch", `{"response":{"status":"422","outcome":`+outcome("invalid")+`}}`)))
	f.Add(422, "", outcome("Jansen"))
	f.Add(503, "Sun, 06 Nov 1994 08:49:37 GMT", "")
	question := answer.Question{Bundle: "batch", Entries: asked("Patient")}
	f.Fuzz(func(t *testing.T, status int, after, body string) {
		got := answer.Of(question, status, http.Header{"Retry-After": {after}}, []byte(body), now)
		if got.Wait < -1 || got.Wait > answer.MaxWait {
			t.Errorf("wait %s", got.Wait)
		}
		if (got.Class == answer.Delivered) != (got.Reason == "") {
			t.Errorf("%s with reason %q", got.Class, got.Reason)
		}
		if got.Class == answer.Delivered && (len(got.Entries) != 1 || got.Entries[0].Class != answer.Delivered) {
			t.Errorf("delivered, with entries %+v", got.Entries)
		}
		if strings.Contains(got.Reason, "Jansen") || len(got.Reason) > 500 {
			t.Errorf("reason %q", got.Reason)
		}
	})
}
