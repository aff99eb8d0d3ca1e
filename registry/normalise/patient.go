package normalise

import (
	"regexp"
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
)

// clinicSystems are the systems of identifiers by which clinics are sent: AGB and URA,
// both eight digits.
var clinicSystems = []string{"http://fhir.nl/fhir/NamingSystem/agb-z", "http://fhir.nl/fhir/NamingSystem/agb", "http://fhir.nl/fhir/NamingSystem/ura"}

var eightDigits = regexp.MustCompile(`^[0-9]{8}$`)

// centre makes the entry of the clinic that sends.
func (b *builder) centre() error {
	if own := b.Centre.Clinic; own.Value != "" {
		b.clinic(place{"clinic", -1}, own.System+"|"+own.Value)
	}
	return nil
}

// clinic gives the entry of a clinic by "system|value", that of the sender for an empty
// one; nil when it is not known or not sent.
func (b *builder) clinic(at place, identifier string) *Entry {
	own := b.Centre.Clinic
	if identifier == "" {
		identifier = own.System + "|" + own.Value
		if own.Value == "" {
			return nil
		}
	}
	if e, known := b.clinics[identifier]; known {
		return e
	}
	cut := strings.LastIndexByte(identifier, '|')
	id := encode.Identifier{System: identifier[:max(cut, 0)], Value: identifier[cut+1:]}
	isOwn := registration.Identifier(id) == own
	if !isOwn && !(slices.Contains(clinicSystems, id.System) && eightDigits.MatchString(id.Value)) {
		b.leave(at, "clinic", "not an identifier by which clinics are sent (AGB, URA or that of the sender)")
		return nil
	}
	resource := encode.Organization{}
	if isOwn {
		resource.Name = b.Centre.Name
	}
	e := &Entry{Profile: organizationProfile.id, Type: organizationProfile.resource, profile: organizationProfile,
		Identifiers: []encode.Identifier{id}, ID: idOf(b.space, id)}
	e.build = func(_ linker, head encode.Head) encode.Resource {
		out := resource
		out.Head = head
		return &out
	}
	b.entries = append(b.entries, e)
	b.clinics[identifier] = e
	return e
}

var genders = []string{"male", "female", "other", "unknown"}

// patientEntry makes the entry of the patient, of whom a pseudonym, sex, and dates of
// birth and death as far as the target takes them are left.
func (b *builder) patientEntry() error {
	p := &b.registration.Patient
	at := place{"patient", -1}
	pseudonyms, err := b.pseudonyms(patientProfile.purpose, b.identity)
	if err != nil {
		return err
	}
	b.seen(p.Updated)
	e := &Entry{Profile: patientProfile.id, Type: patientProfile.resource, profile: patientProfile, Retracted: p.Retracted}
	e.named(b.space, func(key string) string { return sid("patient/" + b.Target.Recipient + "/" + key) }, pseudonyms)
	out := encode.Patient{Inactive: p.Retracted}
	managing := b.clinic(at, "")
	if !p.Retracted {
		out.BirthDate = encode.Date(cut(b.date(at, "birthDate", p.BirthDate), b.Target.BirthDate))
		if slices.Contains(genders, p.Gender) {
			out.Gender = p.Gender
		} else if p.Gender != "" {
			b.leave(at, "gender", "not one of male, female, other, unknown")
		}
		out.Deceased = p.Deceased != ""
		if p.Deceased != "" && p.Deceased != "true" {
			out.DeceasedOn = b.cutDate(at, "deceased", p.Deceased, b.Target.BirthDate)
		}
	}
	e.build = func(link linker, head encode.Head) encode.Resource {
		out := out
		out.Head, out.Managing = head, optional(link, managing)
		return &out
	}
	b.entries, b.patient = append(b.entries, e), e
	return nil
}
