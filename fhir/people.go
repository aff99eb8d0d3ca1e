package fhir

import "strings"

// Patient is the person (https://hl7.org/fhir/R4/patient.html). Names and
// addresses are not read: nothing we do needs them.
type Patient struct {
	Header
	Identifier       []Identifier `json:"identifier,omitempty"`
	Active           *bool        `json:"active,omitempty"`
	Gender           string       `json:"gender,omitempty"`
	BirthDate        DateTime     `json:"birthDate,omitzero"`
	DeceasedBoolean  *bool        `json:"deceasedBoolean,omitempty"`
	DeceasedDateTime DateTime     `json:"deceasedDateTime,omitzero"`
}

// Type implements Resource.
func (*Patient) Type() string { return "Patient" }

// CareTeam is who cares together (https://hl7.org/fhir/R4/careteam.html).
type CareTeam struct {
	Header
	Status      string                `json:"status,omitempty"`
	Category    []CodeableConcept     `json:"category,omitempty"`
	Subject     Reference             `json:"subject,omitzero"`
	Period      *Period               `json:"period,omitempty"`
	Participant []CareTeamParticipant `json:"participant,omitempty"`
	ReasonCode  []CodeableConcept     `json:"reasonCode,omitempty"`
}

// CareTeamParticipant is CareTeam.participant.
type CareTeamParticipant struct {
	Role   []CodeableConcept `json:"role,omitempty"`
	Member Reference         `json:"member,omitzero"`
	Period *Period           `json:"period,omitempty"`
}

// Type implements Resource.
func (*CareTeam) Type() string { return "CareTeam" }

// Encounter is a contact (https://hl7.org/fhir/R4/encounter.html).
type Encounter struct {
	Header
	Identifier      []Identifier           `json:"identifier,omitempty"`
	Status          string                 `json:"status,omitempty"`
	Class           *Coding                `json:"class,omitempty"`
	Kind            []CodeableConcept      `json:"type,omitempty"`
	ServiceType     *CodeableConcept       `json:"serviceType,omitempty"`
	Subject         Reference              `json:"subject,omitzero"`
	Participant     []EncounterParticipant `json:"participant,omitempty"`
	Period          *Period                `json:"period,omitempty"`
	ReasonCode      []CodeableConcept      `json:"reasonCode,omitempty"`
	ReasonReference []Reference            `json:"reasonReference,omitempty"`
	ServiceProvider *Reference             `json:"serviceProvider,omitempty"`
}

// EncounterParticipant is Encounter.participant.
type EncounterParticipant struct {
	Kind       []CodeableConcept `json:"type,omitempty"`
	Individual Reference         `json:"individual,omitzero"`
}

// Type implements Resource.
func (*Encounter) Type() string { return "Encounter" }

// Appointment is a planned contact (https://hl7.org/fhir/R4/appointment.html).
type Appointment struct {
	Header
	Identifier  []Identifier             `json:"identifier,omitempty"`
	Status      string                   `json:"status,omitempty"`
	ServiceType []CodeableConcept        `json:"serviceType,omitempty"`
	Start       DateTime                 `json:"start,omitzero"`
	End         DateTime                 `json:"end,omitzero"`
	Participant []AppointmentParticipant `json:"participant,omitempty"`
}

// Patient is the participant who is a Patient by type or reference, or nil.
func (a *Appointment) Patient() *Reference {
	for i := range a.Participant {
		actor := &a.Participant[i].Actor
		_, key := SplitReference(actor.Reference)
		if actor.Type == "Patient" || strings.HasPrefix(key, "Patient/") {
			return actor
		}
	}
	return nil
}

// AppointmentParticipant is Appointment.participant.
type AppointmentParticipant struct {
	Kind   []CodeableConcept `json:"type,omitempty"`
	Actor  Reference         `json:"actor,omitzero"`
	Status string            `json:"status,omitempty"`
}

// Type implements Resource.
func (*Appointment) Type() string { return "Appointment" }

// Practitioner is a professional (https://hl7.org/fhir/R4/practitioner.html).
type Practitioner struct {
	Header
	Qualification []Qualification `json:"qualification,omitempty"`
}

// Qualification is Practitioner.qualification.
type Qualification struct {
	Code *CodeableConcept `json:"code,omitempty"`
}

// Type implements Resource.
func (*Practitioner) Type() string { return "Practitioner" }

// PractitionerRole is a professional in a role (https://hl7.org/fhir/R4/practitionerrole.html).
type PractitionerRole struct {
	Header
	Practitioner *Reference        `json:"practitioner,omitempty"`
	Organization *Reference        `json:"organization,omitempty"`
	Code         []CodeableConcept `json:"code,omitempty"`
	Specialty    []CodeableConcept `json:"specialty,omitempty"`
}

// Type implements Resource.
func (*PractitionerRole) Type() string { return "PractitionerRole" }

// Organization is a hospital or pain centre (https://hl7.org/fhir/R4/organization.html).
type Organization struct {
	Header
	Identifier []Identifier      `json:"identifier,omitempty"`
	Kind       []CodeableConcept `json:"type,omitempty"`
	Name       string            `json:"name,omitempty"`
}

// Type implements Resource.
func (*Organization) Type() string { return "Organization" }

// Location is where something happens (https://hl7.org/fhir/R4/location.html), read
// for whose it is.
type Location struct {
	Header
	ManagingOrganization *Reference `json:"managingOrganization,omitempty"`
}

// Type implements Resource.
func (*Location) Type() string { return "Location" }
