package epd

import (
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

const dicom = "http://dicom.nema.org/resources/ontology/DCM"

// image is an MRI scan that was made.
type image struct {
	entry *entry
	date  mapping.Date
	path  string
}

func (m *mapper) imagingStudy(e *entry, s *fhir.ImagingStudy) {
	if s.Status != "available" {
		e.ignore("status", statusReason(s.Status))
		return
	}
	resonance, known := false, false
	modalities, sites := s.Modality, []fhir.CodeableConcept(nil)
	for i := range s.Series {
		if modality := s.Series[i].Modality; modality != nil {
			modalities = append(modalities[:len(modalities):len(modalities)], *modality)
		}
		if site := s.Series[i].BodySite; site != nil {
			sites = append(sites, fhir.CodeableConcept{Coding: []fhir.Coding{*site}})
		}
	}
	for _, c := range modalities {
		resonance = resonance || c.Code == "MR" && (c.System == dicom || c.System == "")
		known = known || c.System == dicom
	}
	for i := range s.ProcedureCode {
		found := m.find(&s.ProcedureCode[i])
		resonance = resonance || has(found, "ix-mri") != nil
		if !resonance && len(found) == 0 {
			m.unmapped(e, indexed("procedureCode", i), &s.ProcedureCode[i])
		}
	}
	switch {
	case resonance && m.elsewhere(sites):
		e.ignore("series.bodySite", notTheHead)
	case resonance:
		m.image(e, "started", s.Started)
	case known:
		e.ignore("modality", "no MRI")
	default:
		e.ignore("", noConcept)
	}
}

func (m *mapper) diagnosticReport(e *entry, r *fhir.DiagnosticReport) {
	if !measured[r.Status] {
		e.ignore("status", statusReason(r.Status))
		return
	}
	if has(m.lookUp(e, "code", r.Code), "ix-mri") == nil {
		return
	}
	path, at := "effectiveDateTime", r.EffectiveDateTime
	if r.EffectivePeriod != nil {
		path, at = "effectivePeriod.start", r.EffectivePeriod.Start
	}
	m.image(e, path, at)
}

const notTheHead = "an MRI of another part of the body than the head"

// elsewhere reports whether body sites are stated, and the head is not among them. Where
// none is stated, an MRI of a patient with cluster headache is taken to be of the head.
func (m *mapper) elsewhere(sites []fhir.CodeableConcept) bool {
	for i := range sites {
		if has(m.find(&sites[i]), "gen-body-site-head") != nil {
			return false
		}
	}
	return len(sites) > 0
}

// image notes an MRI.
func (m *mapper) image(e *entry, path string, at fhir.DateTime) {
	date, ok := mapping.DateOf(at)
	switch {
	case !ok:
		e.ignore(path, "date of the MRI not recorded")
	case date.First > m.AsOf:
		e.ignore(path, afterAsOf)
	default:
		m.images = append(m.images, image{e, date, path})
	}
}

// settleImages states the date of the newest MRI. Where the date was answered
// the answer says which MRI is meant; others then say nothing.
func (m *mapper) settleImages() {
	const fact = "cch.mri-date"
	if !m.means("cch") {
		for _, i := range m.images {
			i.entry.ignore("", "it matters only to an indication that the record does not hold")
		}
		return
	}
	answered := m.record.Fact(fact).Values
	newest := anyDay
	for _, i := range m.images {
		newest = max(newest, i.date.Last)
	}
	for _, i := range m.images {
		wanted := len(answered) == 0 && i.date.Last == newest
		for _, a := range answered {
			wanted = wanted || a.Date.First <= i.date.Last && i.date.First <= a.Date.Last
		}
		if !wanted {
			i.entry.ignore(i.path, "another MRI is newer, or the one that was answered")
			continue
		}
		m.add(i.entry, fact, mapping.DateValue(i.date, i.entry.says(i.path, i.date.Text, i.date.Text)))
	}
}
