package audit

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

// Log makes rows of events.
type Log struct {
	// Site is the name of the hospital.
	Site string
	// Software is the program with its version, as "pijnpoort|1.2.3".
	Software string
	// Host is the name of the machine.
	Host string

	templates templates
}

// Append appends events in a transaction, of which it should be the last act: others that
// append wait for its end.
func (l *Log) Append(ctx context.Context, tx *store.Tx, events ...Event) error {
	_, err := l.append(ctx, tx, events...)
	return err
}

// append is Append, and gives where the log ends then.
func (l *Log) append(ctx context.Context, tx *store.Tx, events ...Event) (store.Chain, error) {
	rows := make([]store.Audit, len(events))
	for i, event := range events {
		var err error
		if rows[i], err = l.row(event, tx.Now()); err != nil {
			return store.Chain{}, fmt.Errorf("audit: %s: %w", event.Kind, err)
		}
	}
	end, err := tx.AddAudits(ctx, rows, link)
	if err != nil {
		return end, fmt.Errorf("audit: %w", err)
	}
	return end, nil
}

// row is an event as it is kept, but for its place in the chain.
func (l *Log) row(event Event, now time.Time) (store.Audit, error) {
	at := now
	if !event.At.IsZero() {
		at = event.At.UTC().Truncate(time.Microsecond)
	}
	body, err := l.body(event, at)
	return store.Audit{At: at, Patient: event.Patient, Body: body}, err
}

// link is the hash of a row: over the hash of the row before, and what the row says.
func link(previous, body string) string {
	sum := sha256.Sum256([]byte(previous + "\n" + body))
	return hex.EncodeToString(sum[:])
}

// body is the AuditEvent of an event, as canonical JSON.
func (l *Log) body(event Event, now time.Time) (string, error) {
	form, ok := forms[event.Kind]
	if !ok {
		return "", errors.New("there is no such kind of event")
	}
	return l.templates.render(l.resource(event, form, now))
}

// device is what the program is, as agent and as source alike: the pattern of disclosure compares them.
const device = "Device"

// roles are the types of the agents in the patterns that are about two programs: who has
// the data, and who gets it.
var (
	sourceRole      = encode.Coding{System: dicom, Code: "110153"}
	destinationRole = encode.Coding{System: dicom, Code: "110152"}
	userRole        = encode.Coding{System: participants, Code: "IRCP"} // information recipient
	applicationRole = encode.Coding{System: dicom, Code: "110150"}
)

func (l *Log) resource(event Event, form form, now time.Time) *encode.AuditEvent {
	self := encode.Identifier{System: SoftwareSystem, Value: l.Software}
	out := &encode.AuditEvent{
		Type: form.class.message(), Action: form.action, Recorded: now, Outcome: string(cmp.Or(event.Outcome, Success)),
		Subtypes: []encode.Coding{{System: kindSystem, Code: string(event.Kind)}},
		Purposes: []encode.Coding{{System: reasons, Code: form.purpose}},
		Source:   encode.AuditSource{Site: l.Site, Kind: device, Observer: self, Type: encode.Coding{System: sourceTypes, Code: "4"}}, // application server
		Agents:   l.agents(event, self),
	}
	for _, code := range event.Purposes {
		out.Purposes = append(out.Purposes, encode.Coding{System: reasons, Code: code})
	}
	asPattern := !access[event.Kind] || out.Outcome == string(Success) && event.Patient != ""
	if form.pattern != "" && asPattern {
		out.Profile = patterns + form.pattern
	}
	for _, s := range form.subtypes {
		out.Subtypes = append(out.Subtypes, s.message())
	}
	if event.Patient != "" {
		out.Entities = append(out.Entities, encode.AuditEntity{Kind: "Patient", What: encode.Identifier{System: PatientSystem, Value: event.Patient},
			Type: encode.Coding{System: entityTypes, Code: "1"}, Role: encode.Coding{System: entityRoles, Code: "1"}})
	}
	for _, o := range event.Objects {
		entity := encode.AuditEntity{Kind: o.Kind, What: encode.Identifier{System: o.System, Value: o.Value},
			Type: encode.Coding{System: entityTypes, Code: "2"}, Role: encode.Coding{System: entityRoles, Code: "4"}} // system object, domain resource
		for _, d := range o.Details {
			entity.Details = append(entity.Details, encode.AuditDetail(d))
		}
		out.Entities = append(out.Entities, entity)
	}
	if event.Trace != "" {
		out.Entities = append(out.Entities, encode.AuditEntity{What: encode.Identifier{System: traceSystem, Value: event.Trace},
			Type: encode.Coding{System: balpEntities, Code: "XrequestId"}, Role: encode.Coding{System: entityRoles, Code: "4"}})
	}
	return out
}

// agents are who took part. Data comes in from the agent, goes out to the recipient, and
// in all else the agent works with the program.
func (l *Log) agents(event Event, self encode.Identifier) []encode.AuditAgent {
	program := encode.AuditAgent{Kind: device, Who: self, Address: l.Host, AddressType: "machine-name", Type: applicationRole}
	var agents []encode.AuditAgent
	switch kind := event.Kind; {
	case kind == Received:
		program.Type = destinationRole
		agents = append(agents, event.Agent.message(sourceRole), program)
	case access[kind]:
		program.Type = sourceRole
		client := event.Agent.message(destinationRole)
		client.Requestor = event.User == Party{} // else the person is
		agents = append(agents, client, program)
	case kind == Delivered, kind == Withdrawn, kind == Failed:
		program.Type = sourceRole
		agents = append(agents, program, event.Recipient.message(destinationRole))
	default:
		agents = append(agents, program)
		if event.Agent != (Party{}) {
			agents = append(agents, event.Agent.message(userRole))
		}
	}
	if event.User != (Party{}) {
		user := event.User
		user.Human, user.Address = true, "" // a person is no machine on a network
		agents = append(agents, user.message(userRole))
	}
	asked := false
	for _, a := range agents {
		asked = asked || a.Requestor
	}
	for i := range agents {
		if !asked && agents[i].Who == self { // nobody asked: the program does so by itself
			agents[i].Requestor = true
		}
	}
	return agents
}

func (p Party) message(role encode.Coding) encode.AuditAgent {
	a := encode.AuditAgent{Type: role, Who: encode.Identifier{System: p.System, Value: p.Value}, Requestor: p.Human, Address: p.Address}
	if a.Address != "" {
		a.AddressType = addressType(p.Address)
	}
	return a
}

func (c coding) message() encode.Coding { return encode.Coding{System: c.system, Code: c.code} }
