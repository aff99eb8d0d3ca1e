package answer

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/pijnpoort/pijnpoort/registry/delivery/retry"
)

// MaxWait bounds what a server can ask for with Retry-After.
const MaxWait = time.Hour

// Question is what was sent, as far as the answer can be held against it.
type Question struct {
	// Bundle is the type of the Bundle: transaction and batch are answered entry by
	// entry; anything else as a whole.
	Bundle string
	// Entries are what each entry asks, in order.
	Entries []Asked
}

// Asked is what one entry asks.
type Asked struct {
	Type   string // of its resource
	Delete bool   // that it is deleted; that it is not there is then as good
}

// Answer is what became of what was sent.
type Answer struct {
	Class  Class
	Reason string        // why, when it is not Delivered
	Wait   time.Duration // what the server asks to wait; -1 when it does not ask
	// Unsure: it may have been done all the same.
	Unsure bool
	// Entries are what became of each entry, in the order sent; empty when the answer
	// is about the whole.
	Entries []Entry
}

// Entry is what became of one entry.
type Entry struct {
	Class    Class
	Status   int
	Location string // "Type/id" of the resource at the server; empty when it does not tell
	Version  string // of it there; empty when it does not tell
	Reason   string
	Unsure   bool // it may have been done all the same
}

type response struct {
	Type    string           `json:"resourceType"`
	Bundle  string           `json:"type"`
	Issue   []issue          `json:"issue"`
	Entries []*responseEntry `json:"entry"`
}

type responseEntry struct {
	Response *struct {
		Status   string         `json:"status"`
		Location string         `json:"location"`
		ETag     string         `json:"etag"`
		Outcome  jsontext.Value `json:"outcome"`
	} `json:"response"`
	Resource jsontext.Value `json:"resource"`
}

// issues are those of the outcome of an entry, in either place where servers put it.
func (e *responseEntry) issues() []issue {
	for _, document := range []jsontext.Value{e.Response.Outcome, e.Resource} {
		var r response
		if document != nil && json.Unmarshal(document, &r) == nil && r.Type == "OperationOutcome" {
			return r.Issue
		}
	}
	return nil
}

// Of judges an answer that has been received: its status, headers and body.
func Of(question Question, status int, header http.Header, body []byte, now time.Time) Answer {
	wait := time.Duration(-1)
	if asked, ok := retry.Header(header.Get("Retry-After"), now, MaxWait); ok {
		wait = asked
	}
	var r response
	readable := json.Unmarshal(body, &r) == nil
	if !readable {
		r = response{}
	}
	class := classOf(status, r.Issue, false)
	if class != Delivered {
		return Answer{Class: class, Wait: wait, Reason: reason(status, r.Issue), Unsure: unsure(class, status)}
	}
	if i := slices.IndexFunc(r.Issue, issue.bad); r.Type == "OperationOutcome" && i >= 0 {
		class = Permanent
		if of, agreed := agreement(r.Issue); agreed {
			class = of
		}
		return Answer{Class: class, Wait: wait, Reason: reason(status, r.Issue)}
	}
	if question.Bundle != "transaction" && question.Bundle != "batch" {
		return Answer{Class: Delivered, Wait: wait}
	}
	if fault := mismatch(question, r); fault != "" {
		return Answer{Class: Unknown, Wait: wait, Reason: "the answer cannot be trusted: " + fault, Unsure: true}
	}
	return perEntry(question, r, wait)
}

// mismatch says what is wrong with the form of a response Bundle.
func mismatch(question Question, r response) string {
	switch {
	case r.Type == "":
		return "it is not FHIR JSON"
	case r.Type != "Bundle":
		return "it is not a Bundle"
	case r.Bundle != question.Bundle+"-response":
		return "it is not a " + question.Bundle + "-response"
	case len(r.Entries) != len(question.Entries):
		return fmt.Sprintf("it has %d entries, where %d were sent", len(r.Entries), len(question.Entries))
	}
	for i, e := range r.Entries {
		if e == nil || e.Response == nil {
			return fmt.Sprintf("entry %d has no response", i)
		}
		if kind, _ := locate(e.Response.Location); kind != "" && kind != question.Entries[i].Type {
			return fmt.Sprintf("entry %d is another type of resource than was sent", i)
		}
	}
	return ""
}

// perEntry judges the entries, and the whole by the worst of them.
func perEntry(question Question, r response, wait time.Duration) Answer {
	out := Answer{Class: Delivered, Wait: wait, Entries: make([]Entry, len(r.Entries))}
	for i, e := range r.Entries {
		status, _ := strconv.Atoi(firstWord(e.Response.Status))
		issues := e.issues()
		entry := Entry{Class: classOf(status, issues, true), Status: status}
		if question.Entries[i].Delete && (status == http.StatusNotFound || status == http.StatusGone) {
			entry.Class = Delivered
		}
		if entry.Class == Split { // one entry cannot be made smaller
			entry.Class = Permanent
		}
		if entry.Class == Delivered {
			_, entry.Location = locate(e.Response.Location)
			entry.Version = version(e.Response.ETag, e.Response.Location)
		} else {
			entry.Reason = question.Entries[i].Type + ": " + reason(status, issues)
			entry.Unsure = unsure(entry.Class, status)
		}
		out.Entries[i] = entry
		if severity[entry.Class] > severity[out.Class] {
			out.Class, out.Reason = entry.Class, entry.Reason
		}
	}
	if n := out.count(out.Class); out.Class != Delivered && n > 1 {
		out.Reason = fmt.Sprintf("%s, and %d more entries", out.Reason, n-1)
	}
	return out
}

// count is how many entries are of a class.
func (a Answer) count(class Class) (n int) {
	for _, e := range a.Entries {
		if e.Class == class {
			n++
		}
	}
	return n
}

// severity orders the classes of entries for the class of the whole. While anything may
// yet be taken the whole is tried again, since what has been taken is not sent twice;
// only then does what was refused for good decide.
var severity = map[Class]int{Delivered: 0, Permanent: 1, Unknown: 2, Retry: 3, Split: 4, Refused: 5}

// unsure reports whether what was asked may have been done although the answer does not
// say so: what stands before a server gives up while the server goes on.
func unsure(class Class, status int) bool {
	return class == Unknown || class == Retry && (status >= 500 || status == http.StatusRequestTimeout)
}

func firstWord(s string) string {
	word, _, _ := strings.Cut(strings.TrimSpace(s), " ")
	return word
}
