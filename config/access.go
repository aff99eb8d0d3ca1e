package config

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/operations"
	"github.com/pijnpoort/pijnpoort/registry/audit"
	"github.com/pijnpoort/pijnpoort/registry/intake"
	"github.com/pijnpoort/pijnpoort/registry/store"
	"github.com/pijnpoort/pijnpoort/registry/telemetry"
	"github.com/pijnpoort/pijnpoort/web"
)

// AccessLog logs who had which patient judged, in the audit log: calls of decision services
// and operations, and the workbench.
type AccessLog struct {
	recorder *audit.Recorder
	store    *store.Store
}

// AccessLog logs accesses in a database until it is closed; nil where the site wants none.
func (c Config) AccessLog(s *store.Store, log *slog.Logger) *AccessLog {
	if !c.LogsAccess() {
		return nil
	}
	return &AccessLog{store: s, recorder: audit.NewRecorder(audit.RecorderOptions{
		Log: c.AuditLog(), Store: s, Tenant: c.Registry.Tenant, Logger: log,
	})}
}

// Close writes what has not been written yet, until ctx ends.
func (l *AccessLog) Close(ctx context.Context) error { return l.recorder.Close(ctx) }

// clientUserSystem is the system of those for whom a client calls, as it refers to them.
const clientUserSystem = mapping.CanonicalBase + "/sid/client-user"

// orderPurpose is what a patient is judged for when something is ordered for him, beside
// treatment: whether it will be covered (http://terminology.hl7.org/CodeSystem/v3-ActReason).
const orderPurpose = "COVAUTH"

// isOrder are the hooks on which something is ordered.
var isOrder = map[cdshooks.Hook]bool{cdshooks.OrderSelect: true, cdshooks.OrderSign: true, cdshooks.OrderDispatch: true}

// unknownService is how calls of services that there are not are told.
const unknownService = "unknown"

// Hook logs a call of a decision service.
func (l *AccessLog) Hook(ctx context.Context, a cdshooks.Access) error {
	access := event(audit.Advised, a.Caller, a.Address, cmp.Or(a.Service, unknownService), a.Status)
	access.At, access.Trace = a.At, telemetry.Traceparent(a.Trace)
	access.User = l.user(access.Agent, a.User)
	access.Subject = subject(access.Agent, a.Patient, a.Identifiers)
	if a.Hook != "" {
		service := &access.Objects[0]
		service.Details = append(service.Details, audit.Detail{Name: "hook", Value: string(a.Hook)})
	}
	if isOrder[a.Hook] {
		access.Purposes = []string{orderPurpose}
	}
	return l.recorder.Record(ctx, access)
}

// operationKinds are the kinds of events of operations.
var operationKinds = map[string]audit.Kind{"$advise": audit.Advised, "$score": audit.Scored, "$normalise": audit.Bundled}

// Operation logs a call of an operation.
func (l *AccessLog) Operation(ctx context.Context, a operations.Access) error {
	access := event(operationKinds[a.Operation], a.Caller, a.Address, a.Operation, a.Status)
	access.At, access.Trace = a.At, telemetry.Traceparent(a.Trace)
	access.Subject = subject(access.Agent, a.Patient, a.Identifiers)
	return l.recorder.Record(ctx, access)
}

// Page logs that a patient was judged on the workbench.
func (l *AccessLog) Page(ctx context.Context, a web.Access) error {
	status := http.StatusOK
	if a.Failed {
		status = http.StatusBadRequest
	}
	access := event(audit.Advised, "", a.Address, "workbench", status)
	access.At = a.At
	if a.User != "" {
		access.User = audit.Party{System: audit.UserSystem, Value: a.User}
	}
	access.Subject = subject(access.Agent, a.Patient, a.Identifiers)
	return l.recorder.Record(ctx, access)
}

// Named logs that patients who are kept were named to a caller, by their ids in the store:
// as who are counted in a measure.
func (l *AccessLog) Named(ctx context.Context, caller, address, service string, patients []string) error {
	for _, id := range patients {
		access := event(audit.Read, caller, address, service, http.StatusOK)
		access.At, access.Patient = time.Now(), id
		if err := l.recorder.Record(ctx, access); err != nil {
			return err
		}
	}
	return nil
}

// event is an access of a client: by its name, else by its address, as at intake.
func event(kind audit.Kind, caller, address, service string, status int) audit.Access {
	e := audit.Event{
		Kind: kind, Agent: audit.Party{System: intake.CallerSystem, Value: cmp.Or(caller, address, "unknown"), Address: address},
		Objects: []audit.Object{{System: audit.ServiceSystem, Value: service}},
	}
	if status >= http.StatusBadRequest {
		e.Outcome = audit.Minor
		e.Objects[0].Details = []audit.Detail{{Name: "status", Value: strconv.Itoa(status)}}
	}
	if status >= http.StatusInternalServerError {
		e.Outcome = audit.Serious
	}
	return audit.Access{Event: e}
}

// user is the person for whom a client calls. One who works there is told as the client refers
// to him. A patient, or somebody close to one, stands in the log without a reference to him.
func (l *AccessLog) user(client audit.Party, reference string) audit.Party {
	if reference == "" {
		return audit.Party{}
	}
	_, name := fhir.SplitReference(reference)
	kind, _, _ := strings.Cut(name, "/")
	if kind == "Practitioner" || kind == "PractitionerRole" {
		return audit.Party{System: clientUserSystem, Value: reference}
	}
	return audit.Party{System: clientUserSystem, Value: kind + "/" + l.store.Pseudonym("user", client.Value, reference)}
}

// subject are the identifiers that tell a patient: his own, or where he has none that can,
// what the client calls him.
func subject(client audit.Party, id string, identifiers []fhir.Identifier) []registration.Identifier {
	var list []registration.Identifier
	for _, i := range identifiers {
		if i.System != "" && i.Value != "" {
			list = append(list, registration.Identifier{System: i.System, Value: i.Value})
		}
	}
	if list == nil && id != "" {
		list = []registration.Identifier{{System: client.Value, Value: id}}
	}
	return list
}
