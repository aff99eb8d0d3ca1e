package cdshooks

import (
	"regexp"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/pijnpoort/pijnpoort/fhir/client"
)

// Context is what the client says about the moment of the call. Members that the
// hook does not have are zero.
type Context struct {
	UserID      string // "Practitioner/1"
	PatientID   string // without type
	EncounterID string // without type
	// Selections are the draft orders selected just now, "ServiceRequest/1".
	Selections []string
	// DraftOrders is a Bundle of orders that are not signed yet, as sent.
	DraftOrders jsontext.Value
	// DispatchedOrders are the orders that are being sent to Performer.
	DispatchedOrders []string
	Performer        string

	primitives map[string]string // members that prefetch tokens may name
}

// contextReader fills a Context from the members of a JSON object.
type contextReader struct {
	context Context
	value   jsontext.Value // of the member being read
	fault   string         // of the member; for people, without its value
}

// readContext reads the context of a hook. The error is a *Refusal.
func readContext(hook Hook, raw jsontext.Value) (Context, error) {
	if raw.Kind() != '{' {
		return Context{}, badRequest("required", "context", "must be an object")
	}
	var members map[string]jsontext.Value
	if err := json.Unmarshal(raw, &members); err != nil {
		return Context{}, malformed(err)
	}
	for former, name := range formerNames[hook] {
		if value, ok := members[former]; ok && members[name] == nil {
			members[name] = value
		}
	}
	r := contextReader{context: Context{primitives: map[string]string{}}}
	for _, f := range contexts[hook] {
		value, ok := members[f.name]
		switch {
		case !ok && f.optional, f.optional && value.Kind() == 'n':
			continue
		case !ok:
			return Context{}, badRequest("required", "context."+f.name, "is missing")
		}
		r.value, r.fault = value, ""
		f.read(&r)
		if r.fault != "" {
			return Context{}, badRequest("value", "context."+f.name, r.fault)
		}
	}
	for name, value := range members {
		var text string
		if value.Kind() == '"' && json.Unmarshal(value, &text) == nil {
			r.context.primitives[name] = text
		}
	}
	return r.context, nil
}

var (
	idPattern        = regexp.MustCompile(`^[A-Za-z0-9\-.]{1,64}$`)
	referencePattern = regexp.MustCompile(`^((?:https?://[^ ]+/)?[A-Z][A-Za-z]{1,63}/[A-Za-z0-9\-.]{1,64})(?:/_history/[A-Za-z0-9\-.]{1,64})?$`)
)

func (r *contextReader) id(to *string) {
	if json.Unmarshal(r.value, to) != nil || !idPattern.MatchString(*to) {
		r.fault = "must be the id of a resource, without its type"
	}
}

func (r *contextReader) reference(to *string) {
	var given string
	err := json.Unmarshal(r.value, &given)
	reference, ok := unversioned(given)
	if err != nil || !ok {
		r.fault = "must be the type and id of a resource, such as Practitioner/1"
		return
	}
	*to = reference
}

// unversioned accepts "Type/id", also after the base of a server. A version of the resource
// is left out: what is advised on is the resource.
func unversioned(reference string) (string, bool) {
	parts := referencePattern.FindStringSubmatch(reference)
	if parts == nil {
		return "", false
	}
	return parts[1], true
}

func (r *contextReader) selections() {
	if json.Unmarshal(r.value, &r.context.Selections) != nil {
		r.fault = "must be an array of type and id of resources"
	}
}

func (r *contextReader) dispatchedOrders() {
	if r.value.Kind() == '"' { // one order, in earlier versions
		r.value = jsontext.Value("[" + string(r.value) + "]")
	}
	if json.Unmarshal(r.value, &r.context.DispatchedOrders) != nil || len(r.context.DispatchedOrders) == 0 {
		r.fault = "must be an array of type and id of resources"
		return
	}
	for i, order := range r.context.DispatchedOrders {
		reference, ok := unversioned(order)
		if !ok {
			r.fault = "must hold the type and id of resources"
			return
		}
		r.context.DispatchedOrders[i] = reference
	}
}

// draftOrders takes a Bundle; real clients leave out its type, or send the
// resource of the selected order by itself.
func (r *contextReader) draftOrders() {
	if _, _, err := client.Inspect(r.value); err != nil {
		r.fault = "must be a Bundle of orders"
		return
	}
	r.context.DraftOrders = r.value
}

func (r *contextReader) resources() {
	if kind := r.value.Kind(); kind != '[' && kind != '{' {
		r.fault = "must be an array of resources"
	}
}
