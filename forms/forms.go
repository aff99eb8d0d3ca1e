package forms

import (
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation/intake"
)

// version is that of the forms.
const version = "1.0.0"

const publisher = "Pijnpoort"

// form is one of the five, before its items are made.
type form struct {
	section     mapping.Section // one of those it asks, which gives its canonical
	name        string
	title       intake.Text
	description intake.Text
	subject     string
	items       func() []encode.Item
}

var forms = []form{
	{mapping.SectionGeneral, "NeuromodulatieIntake",
		both("Neuromodulatie: intake", "Neuromodulation: intake"),
		both("Wat de indicatie bepaalt, voor zover het niet gecodeerd in het dossier staat. Ingevuld door de zorgverlener.",
			"What decides the indication, as far as the record does not hold it in codes. Filled in by the clinician."),
		"Patient", intakeItems},
	{mapping.SectionTrial, "NeuromodulatieProef",
		both("Neuromodulatie: proefperiode", "Neuromodulation: trial"),
		both("Verloop en uitkomst van de proefperiode.", "Course and outcome of the trial."),
		"Patient", of(mapping.SectionTrial)},
	{mapping.SectionAftercare, "NeuromodulatieNazorg",
		both("Neuromodulatie: nazorg", "Neuromodulation: aftercare"),
		both("Controles, contacten en PROMs na de implantatie.", "Visits, contacts and PROMs after implantation."),
		"Patient", of(mapping.SectionAftercare)},
	{mapping.SectionDoubt, "NeuromodulatieTwijfel",
		both("Neuromodulatie: twijfel over het effect", "Neuromodulation: doubt about the effect"),
		both("De periode waarin het systeem uit staat, en wat die uitwijst.", "The time with the system off, and what it shows."),
		"Patient", of(mapping.SectionDoubt)},
	{mapping.SectionCentre, "NeuromodulatieCentrum",
		both("Neuromodulatie: opgave van het centrum", "Neuromodulation: statement of the centre"),
		both("Wat een pijnbehandelcentrum over een kalenderjaar over zichzelf verklaart.", "What a pain centre states about itself over a calendar year."),
		"Organization", centreItems},
}

func of(section mapping.Section) func() []encode.Item {
	return func() []encode.Item { return sectionItems(section) }
}

func intakeItems() []encode.Item {
	items := append(sectionItems(mapping.SectionRequest), sectionItems(mapping.SectionGeneral)...)
	return append(items, indicationGroups()...)
}

func centreItems() []encode.Item {
	agreement, _, _ := mapping.DefinitionOf("agreement-party")
	return append(sectionItems(mapping.SectionCentre), factItems(agreement, "")...)
}

func (f *form) canonical() string { return f.section.Questionnaire() }

// id is the last part of the canonical.
func (f *form) id() string {
	return f.canonical()[strings.LastIndex(f.canonical(), "/")+1:]
}

func (f *form) questionnaire() *encode.Questionnaire {
	return &encode.Questionnaire{
		ID: f.id(), URL: f.canonical(), Version: version, Name: f.name, Language: "nl", Title: f.title, Description: f.description,
		Publisher: publisher, Subject: f.subject, Items: f.items(),
	}
}

// Forms are the five forms as FHIR Questionnaires, by file name.
func Forms() (map[string][]byte, error) {
	files := make(map[string][]byte, len(forms))
	for i := range forms {
		document, err := encode.Pretty(forms[i].questionnaire())
		if err != nil {
			return nil, err
		}
		files["Questionnaire-"+forms[i].id()+".json"] = document
	}
	return files, nil
}
