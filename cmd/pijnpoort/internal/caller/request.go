package caller

import (
	"fmt"
	"maps"
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/uuid"
)

// Request is the body of a call.
type Request struct {
	Hook              string                    `json:"hook"`
	HookInstance      string                    `json:"hookInstance"`
	FHIRServer        string                    `json:"fhirServer,omitempty"`
	FHIRAuthorization *Authorization            `json:"fhirAuthorization,omitempty"`
	Context           map[string]any            `json:"context"`
	Prefetch          map[string]jsontext.Value `json:"prefetch,omitempty"`
}

// Authorization is the leave to read from the FHIR server
// (https://cds-hooks.hl7.org/2.0/#passing-the-access-token-to-the-cds-service).
type Authorization struct {
	AccessToken string `json:"access_token"`
	TokenType   string `json:"token_type"`
	ExpiresIn   int    `json:"expires_in"` // seconds
	Scope       string `json:"scope"`
	Subject     string `json:"subject"`
	Patient     string `json:"patient,omitempty"`
}

// Authorize lets the service read from a FHIR server with a token; empty is none.
func (r *Request) Authorize(server, token string) {
	r.FHIRServer = server
	if token == "" {
		return
	}
	patient, _ := r.Context["patientId"].(string)
	r.FHIRAuthorization = &Authorization{AccessToken: token, TokenType: "Bearer", ExpiresIn: 300,
		Scope: "patient/*.rs", Subject: "pijnpoort", Patient: patient}
}

// Built is a request with what the reader of it should know.
type Built struct {
	Request Request
	// Orders are the "Type/id" of the orders that the call is about.
	Orders []string
	// Notes say what was left out of the request: keys, and resources by their type.
	Notes []string
}

// Build makes the request of a hook for a service. Keys that are omitted are left out;
// "*" omits all. The same record and moment give the same request.
func Build(r *Record, m Moment, service Service, omit []string) (*Built, error) {
	if err := m.findOrders(r); err != nil {
		return nil, err
	}
	for i, o := range m.Orders {
		if o.ID == "" { // a selection must be able to name it
			o.ID = fmt.Sprintf("order-%d", i+1)
		}
	}
	context, err := r.context(&m)
	if err != nil {
		return nil, err
	}
	b := &Built{Request: Request{Hook: m.Hook, Context: context, Prefetch: map[string]jsontext.Value{}}}
	for _, o := range m.Orders {
		b.Orders = append(b.Orders, o.Name())
	}
	rest := &Record{Resources: r.Resources}
	if !isDispatch(m.Hook) { // a draft is not in the record yet
		rest.Resources = slices.DeleteFunc(slices.Clone(r.Resources), func(one *Resource) bool { return slices.Contains(m.Orders, one) })
	}
	for _, key := range slices.Sorted(maps.Keys(service.Prefetch)) {
		value, err := b.prefetch(rest, key, service.Prefetch[key], omit, &m)
		if err != nil {
			b.Notes = append(b.Notes, "prefetch."+key+" is left out: "+err.Error())
		} else if value != nil {
			b.Request.Prefetch[key] = value
		}
	}
	for _, key := range omit {
		if _, known := service.Prefetch[key]; !known && key != "*" {
			return nil, fmt.Errorf("service %s has no prefetch key %q; it has: %v", service.ID, key, slices.Sorted(maps.Keys(service.Prefetch)))
		}
	}
	b.tellUnsent(r)
	content, err := json.Marshal(b.Request, json.Deterministic(true))
	b.Request.HookInstance = uuid.NewSHA1(uuid.NameSpaceURL, content).String()
	return b, err
}

func isDispatch(hook string) bool { return hook == "order-dispatch" }

// prefetch is the value of a key; nil when it is omitted.
func (b *Built) prefetch(r *Record, key, template string, omit []string, m *Moment) (jsontext.Value, error) {
	query, err := resolve(template, b.Request.Context, m)
	if err != nil {
		return nil, err
	}
	f, err := r.query(query) // also of an omitted key, whose resources are not forgotten but meant to be absent
	if err != nil || slices.Contains(omit, key) || slices.Contains(omit, "*") {
		return nil, err
	}
	if f.note != "" {
		b.Notes = append(b.Notes, "prefetch."+key+": "+f.note)
	}
	return f.value, nil
}

// tellUnsent notes the resources that no query asks, by type.
func (b *Built) tellUnsent(r *Record) {
	times := map[string]int{}
	for _, one := range r.Resources {
		if !one.sent {
			times[one.Type]++
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(times)) {
		b.Notes = append(b.Notes, fmt.Sprintf("no query of the service asks for %s, of which the input holds %d", kind, times[kind]))
	}
}

// JSON is the request as it is sent.
func (r Request) JSON() ([]byte, error) { return json.Marshal(r, json.Deterministic(true)) }

// requestTypes are the types of resources that are orders.
var requestTypes = []string{"ServiceRequest", "MedicationRequest", "DeviceRequest", "NutritionOrder", "VisionPrescription", "CommunicationRequest", "Task"}

// findOrders finds the orders of a hook that needs them, when none are named: the drafts
// in the record, or without these its ServiceRequests that are still to be carried out.
func (m *Moment) findOrders(r *Record) error {
	if len(m.Orders) > 0 && !takesOrders[m.Hook] {
		return fmt.Errorf("hook %s takes no orders", m.Hook)
	}
	if len(m.Orders) > 0 || !takesOrders[m.Hook] {
		return nil
	}
	m.Orders = r.orders(requestTypes, "draft")
	if len(m.Orders) == 0 {
		m.Orders = r.orders([]string{"ServiceRequest"}, "active")
	}
	if len(m.Orders) == 0 {
		return fmt.Errorf("hook %s needs an order, and the input holds no draft and no active ServiceRequest", m.Hook)
	}
	return nil
}

// orders are those of some types with a status.
func (r *Record) orders(kinds []string, status string) []*Resource {
	var list []*Resource
	for _, one := range r.Resources {
		if slices.Contains(kinds, one.Type) && one.text("status") == status && one.ID != "" {
			list = append(list, one)
		}
	}
	return list
}
