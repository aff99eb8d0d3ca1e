package normalise_test

import (
	"cmp"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/pseudonym"
)

// sent translates a registration into what a reader of its bundle can know.
type sent struct {
	t      *testing.T
	from   *registration.Registration
	person pseudonym.Identity
	names  *pseudonym.HMAC
	clinic string
}

func (s *sent) value(purpose string, identity pseudonym.Identity) string {
	list, err := s.names.Pseudonyms(s.t.Context(), pseudonym.Use{Recipient: "nva", Purpose: purpose}, identity)
	if err != nil {
		s.t.Fatal(err)
	}
	return list[0].Value
}

// list is a kind of items and the type of resource that they become.
type list struct{ kind, resource, purpose string }

var (
	indications   = list{"indications", "Condition", "condition"}
	procedures    = list{"procedures", "Procedure", "procedure"}
	devices       = list{"devices", "Device", "device"}
	measurements  = list{"measurements", "Observation", "observation"}
	scores        = list{"scores", "Observation", "observation"}
	responses     = list{"responses", "QuestionnaireResponse", "questionnaire-response"}
	medications   = list{"medications", "MedicationStatement", "medication-statement"}
	complications = list{"complications", "AdverseEvent", "adverse-event"}
	contacts      = list{"contacts", "Encounter", "encounter"}
	costs         = list{"costs", "ChargeItem", "charge-item"}
	judgements    = list{"judgements", "GuidanceResponse", "guidance-response"}
)

// key is the key of an item as a reader of the bundle knows it.
func (s *sent) key(l list, key string) string {
	identity, err := s.person.Part(l.kind, key)
	if err != nil {
		s.t.Fatal(err)
	}
	return l.resource + "/https://pijnpoort.example/fhir/sid/" + l.purpose + "/2026-1|" + s.value(l.purpose, identity)
}

// origin is what is left of an origin: a key and, where the resource has room for it, the clinic.
func (s *sent) origin(l list, o registration.Origin) registration.Origin {
	left := registration.Origin{Key: s.key(l, o.Key), Retracted: o.Retracted}
	if (l == procedures || l == contacts) && !o.Retracted {
		left.Clinic = cmp.Or(o.Clinic, s.clinic)
	}
	return left
}

// device is the origin of a device, which is known by its serial number where it has one.
func (s *sent) device(d *registration.Device) registration.Origin {
	o := d.Origin
	o.Key = "key:" + o.Key
	if d.Serial != "" {
		o.Key = "serial:" + d.Serial
	}
	return s.origin(devices, o)
}

// devices are the keys of the devices that are sent.
func (s *sent) devices(keys ...string) (list []string) {
	for i := range s.from.Devices {
		if slices.Contains(keys, s.from.Devices[i].Key) {
			list = append(list, s.device(&s.from.Devices[i]).Key)
		}
	}
	slices.Sort(list)
	return list
}

// indications are the keys of the indications that are sent.
func (s *sent) indications(keys []string) (list []string) {
	for i := range s.from.Indications {
		if key := s.from.Indications[i].Key; slices.Contains(keys, key) {
			list = append(list, s.key(indications, key))
		}
	}
	slices.Sort(list)
	return list
}

// responses are the keys of the responses that are sent.
func (s *sent) responses(keys []string) (list []string) {
	for i := range s.from.Responses {
		if key := s.from.Responses[i].Key; slices.Contains(keys, key) {
			list = append(list, s.key(responses, key))
		}
	}
	slices.Sort(list)
	return list
}

// label is what is sent of words on a device that are not sent as they are.
var label = map[string]string{
	"boston scientific neuromodulation": "Boston Scientific", // one name for each maker
	"sc-2218":                           "SC-2218",
	"Stimulus BV":                       "", // a maker who is not known, of whom no model is sent either
	"ST-7":                              "",
	"08798765000010":                    "", // not the check digit of a GTIN
}

// labelled is a word on a device as it is sent.
func labelled(word string) string {
	if told, other := label[word]; other {
		return told
	}
	return word
}

// unused are the statuses of a Device of which the time of use is not known.
var unused = map[string]string{"": "unknown", "completed": "inactive", "stopped": "inactive"}

// project is the registration as a bundle brings it over. It is the list of what does not
// come over, beside keys, versions, and dates of birth and death beyond the precision of
// the target:
//
//   - identifiers and serial numbers, for which there are pseudonyms;
//   - makers and models of devices that are not known, device identifiers that are none;
//   - days of onset, of which the month is sent, and times of day;
//   - codes of medicines of other systems than ATC, and the dose of a single medicine;
//   - on how many days a mean of pain rests;
//   - why a response could not be scored;
//   - the roles at contacts, and during which contact an operation took place;
//   - the operation of a complication, when it was over, and the device of a cost;
//   - of what a judgement without a Condition for its indication was about.
func (s *sent) project() *registration.Registration {
	r := s.from
	first := r.Patient.Identifiers[0]
	person, err := pseudonym.Person(first.System, first.Value)
	if err != nil {
		s.t.Fatal(err)
	}
	out := &registration.Registration{Patient: registration.Patient{
		Origin: registration.Origin{Key: "Patient"}, BirthDate: r.Patient.BirthDate, Gender: r.Patient.Gender, Deceased: r.Patient.Deceased,
		Identifiers: []registration.Identifier{{System: "https://pijnpoort.example/fhir/sid/patient/nva/2026-1", Value: s.value("patient", person)}},
	}}
	for _, x := range r.Indications {
		x.Onset = x.Onset[:min(len(x.Onset), len("2006-01"))]
		if x.Retracted {
			x = registration.Indication{Origin: x.Origin, Code: x.Code}
		}
		x.Origin = s.origin(indications, x.Origin)
		out.Indications = append(out.Indications, x)
	}
	for _, x := range r.Procedures {
		if x.Retracted {
			x = registration.Procedure{Origin: x.Origin, Kind: x.Kind, Status: "entered-in-error"}
		}
		x.Origin = s.origin(procedures, x.Origin)
		x.Indications, x.Devices, x.Encounter = s.indications(x.Indications), s.devices(x.Devices...), ""
		out.Procedures = append(out.Procedures, x)
	}
	for _, x := range r.Devices {
		if x.Origin = s.device(&x); x.Retracted {
			x = registration.Device{Origin: x.Origin}
		} else {
			x.Serial, x.UDI, x.Manufacturer, x.Model = "", labelled(x.UDI), labelled(x.Manufacturer), labelled(x.Model)
			if status, lost := unused[x.Status]; lost && x.From+x.Until == "" {
				x.Status = status
			}
		}
		out.Devices = append(out.Devices, x)
	}
	for _, x := range r.Measurements {
		if x.Days = 0; x.Retracted {
			x = registration.Measurement{Origin: x.Origin, Kind: x.Kind}
		}
		x.Origin = s.origin(measurements, x.Origin)
		out.Measurements = append(out.Measurements, x)
	}
	for _, x := range r.Scores {
		if x.Retracted {
			x = registration.Score{Origin: x.Origin, Instrument: x.Instrument, Scale: x.Scale}
		} else if x.Value == "" {
			x.NotScoreable = "the bundle does not tell why"
		}
		x.Origin, x.Responses = s.origin(scores, x.Origin), s.responses(x.Responses)
		out.Scores = append(out.Scores, x)
	}
	for _, x := range r.Responses {
		x.Questionnaire, _, _ = strings.Cut(x.Questionnaire, "|")
		if x.Retracted {
			x = registration.Response{Origin: x.Origin, Questionnaire: x.Questionnaire, Status: "entered-in-error"}
		}
		x.Origin = s.origin(responses, x.Origin)
		out.Responses = append(out.Responses, x)
	}
	for _, x := range r.Medications {
		if x.Retracted {
			x = registration.Medication{Origin: x.Origin, Group: x.Group, Status: "entered-in-error"}
		}
		x.Codings = slices.DeleteFunc(slices.Clone(x.Codings), func(c registration.Coding) bool { return c.System != atc })
		x.Origin, x.DailyMED = s.origin(medications, x.Origin), ""
		out.Medications = append(out.Medications, x)
	}
	for _, x := range r.Complications {
		x.Origin = s.origin(complications, x.Origin)
		x.Device, x.Procedure, x.ResolvedOn = strings.Join(s.devices(x.Device), ""), "", ""
		out.Complications = append(out.Complications, x)
	}
	for _, x := range r.Contacts {
		if x.Role = ""; x.Retracted {
			x.Date = ""
		}
		x.Origin = s.origin(contacts, x.Origin)
		out.Contacts = append(out.Contacts, x)
	}
	for _, x := range r.Team {
		out.Team = append(out.Team, registration.Member{Role: x.Role})
	}
	slices.SortFunc(out.Team, func(a, b registration.Member) int { return cmp.Compare(a.Role, b.Role) })
	for _, x := range r.Costs {
		if x.Retracted {
			x = registration.Cost{Origin: x.Origin, Kind: x.Kind}
		}
		x.Origin, x.Device = s.origin(costs, x.Origin), ""
		out.Costs = append(out.Costs, x)
	}
	for _, x := range r.Judgements {
		if x.Retracted {
			x = registration.Judgement{Origin: x.Origin, Standpunt: x.Standpunt}
		} else if !s.indicated(x.Indication) {
			x.Indication = ""
		}
		x.Origin = s.origin(judgements, x.Origin)
		out.Judgements = append(out.Judgements, x)
	}
	team := out.Team
	out.Team = nil
	out.Sort()
	out.Team = team
	days(reflect.ValueOf(out).Elem())
	return out
}

// days cuts every moment in a value to its local day.
func days(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).Type != reflect.TypeFor[registration.Origin]() {
				days(v.Field(i))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			days(v.Index(i))
		}
	case reflect.String:
		if date, ok := registration.DateOf(v.String()); ok && strings.Contains(v.String(), "T") {
			v.SetString(date.First.String())
		}
	}
}

// indicated reports whether a Condition is sent for an indication.
func (s *sent) indicated(code string) bool {
	return slices.ContainsFunc(s.from.Indications, func(x registration.Indication) bool { return x.Code == code && !x.Retracted })
}
