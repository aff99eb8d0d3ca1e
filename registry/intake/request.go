package intake

import (
	"fmt"

	"github.com/go-json-experiment/json/jsontext"
)

// refusedRequests are the requests of entries that are not taken, and why: what they ask
// for can be said in no resource.
var refusedRequests = map[string]string{
	"DELETE": "a deletion is not taken, since it does not say what was registered of it: send the resource with the status entered-in-error",
	"PATCH":  "a patch is not taken: send the resource as it is now",
}

// requests tells of the entries of a Bundle that ask for something else than to take their
// resource. They are rejected, and what they hold is not looked at.
func (l *ledger) requests(body []byte) {
	d := read[document](body)
	if d.ResourceType != "Bundle" {
		return
	}
	for n, e := range list[struct {
		Resource jsontext.Value `json:"resource"`
		Request  struct {
			Method string `json:"method"`
		} `json:"request"`
	}](d.Entry) {
		reason := refusedRequests[e.Request.Method]
		if reason == "" {
			continue
		}
		at := fmt.Sprintf("Bundle.entry[%d]", n)
		if len(e.Resource) > 0 {
			at += ".resource"
		}
		l.reject(at, at, "not-supported", reason)
		l.refused[at] = true
	}
}
