package cdshooks

// Hook is a moment in the work of a care provider (https://cds-hooks.org/hooks/).
type Hook string

// The hooks whose context is known.
const (
	PatientView        Hook = "patient-view"
	OrderSelect        Hook = "order-select"
	OrderSign          Hook = "order-sign"
	OrderDispatch      Hook = "order-dispatch"
	EncounterStart     Hook = "encounter-start"
	EncounterDischarge Hook = "encounter-discharge"
)

// field is a member of the context of a hook.
type field struct {
	name     string
	optional bool
	read     func(*contextReader)
}

// contexts are the members of the context, by hook.
var contexts = map[Hook][]field{
	PatientView: {user, patient, encounter.orNot()},
	OrderSelect: {user, patient, encounter.orNot(),
		{name: "selections", read: (*contextReader).selections}, draftOrders},
	OrderSign: {user, patient, encounter.orNot(), draftOrders},
	OrderDispatch: {patient,
		{name: "dispatchedOrders", read: (*contextReader).dispatchedOrders},
		{name: "performer", read: func(r *contextReader) { r.reference(&r.context.Performer) }},
		{name: "fulfillmentTasks", optional: true, read: (*contextReader).resources}},
	EncounterStart:     {user, patient, encounter},
	EncounterDischarge: {user, patient, encounter},
}

var (
	user        = field{name: "userId", read: func(r *contextReader) { r.reference(&r.context.UserID) }}
	patient     = field{name: "patientId", read: func(r *contextReader) { r.id(&r.context.PatientID) }}
	encounter   = field{name: "encounterId", read: func(r *contextReader) { r.id(&r.context.EncounterID) }}
	draftOrders = field{name: "draftOrders", read: (*contextReader).draftOrders}
)

func (f field) orNot() field {
	f.optional = true
	return f
}

// formerNames are the names that members had in earlier versions of a hook.
var formerNames = map[Hook]map[string]string{
	OrderDispatch: {"order": "dispatchedOrders", "task": "fulfillmentTasks", "fulfillment-tasks": "fulfillmentTasks"},
}
