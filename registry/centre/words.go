package centre

import (
	"strings"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// words are the codes of a report as people call them. What is not here is in package
// advice, or speaks for itself.
var words = map[string]standpunt.Text{
	Several: {NL: "meer dan één", EN: "more than one"},

	// divisions
	byClinic: {NL: "kliniek", EN: "clinic"}, bySpecialty: {NL: "vakgroep", EN: "specialist group"}, byIndication: {NL: "indicatie", EN: "indication"},
	byModality: {NL: "techniek", EN: "technique"}, byKind: {NL: "soort ingreep", EN: "kind of procedure"}, byReason: {NL: "reden", EN: "reason"},
	byManufacturer: {NL: "fabrikant", EN: "manufacturer"}, byModel: {NL: "model", EN: "model"}, byUDI: {NL: "UDI-DI", EN: "UDI-DI"},
	bySeriousness: {NL: "ernst", EN: "seriousness"}, byInstrument: {NL: "vragenlijst", EN: "questionnaire"}, byMoment: {NL: "moment", EN: "moment"},
	byComplication: {NL: "soort voorval", EN: "kind of event"}, byComponent: {NL: "onderdeel", EN: "part"}, byElement: {NL: "gegeven", EN: "datum"},
	byMonths: {NL: "maanden sinds plaatsing", EN: "months since placement"}, byAge: {NL: "leeftijd", EN: "age"}, bySex: {NL: "geslacht", EN: "sex"},
	byBMI: {NL: "BMI", EN: "BMI"}, byOpioids: {NL: "opioïden, mg morfine per dag", EN: "opioids, mg morphine a day"}, byPain: {NL: "pijn bij intake (NRS)", EN: "pain at intake (NRS)"},

	// kinds of procedures
	"trial": {NL: "proef", EN: "trial"}, "implant": {NL: "definitief systeem", EN: "definitive system"}, "generator": {NL: "eerste batterij", EN: "first generator"},
	"revision": {NL: "revisie", EN: "revision"}, "generator-replaced": {NL: "batterij vervangen", EN: "generator replaced"}, "explant": {NL: "verwijdering", EN: "removal"},
	"unspecified": {NL: "soort niet vermeld", EN: "kind not told"}, "DRG": {NL: "DRGS", EN: "DRGS"},

	// why something is missing or left out
	"no-device-recorded": {NL: "geen materiaal vastgelegd", EN: "no material recorded"}, "no-trial-recorded": {NL: "geen proef vastgelegd", EN: "no trial recorded"},
	"no-end-recorded": {NL: "einde niet vastgelegd", EN: "end not recorded"}, "pending": {NL: "nog niet bekend", EN: "not known yet"},
	"no-outcome-recorded": {NL: "afloop niet vastgelegd", EN: "outcome not recorded"}, "repeated": {NL: "herhaald", EN: "repeated"}, "all-in-one": {NL: "in één zitting", EN: "in one session"},
	"placement-unknown": {NL: "dag van plaatsing onbekend", EN: "day of placement unknown"}, "end-unknown": {NL: "einde onbekend", EN: "end unknown"},
	"no-cost-recorded": {NL: "geen bedrag vastgelegd", EN: "no amount recorded"}, "other-currency": {NL: "andere munt, of geen bedrag", EN: "another currency, or no amount"},
	"criterion-unknown": {NL: "een onderdeel is onbekend", EN: "a part is unknown"}, "event-or-follow-up-unknown": {NL: "voorval of vervolg onbekend", EN: "event or follow-up unknown"},
	"removed": {NL: "systeem verwijderd", EN: "system removed"}, "deceased": {NL: "overleden", EN: "deceased"}, "no-response": {NL: "niet ingevuld", EN: "not completed"},
	"not-scoreable": {NL: "niet te scoren", EN: "not scoreable"}, "no-baseline": {NL: "geen uitgangswaarde", EN: "no baseline"},
	"baseline-not-scoreable": {NL: "uitgangswaarde niet te scoren", EN: "baseline not scoreable"}, "baseline-zero": {NL: "uitgangswaarde is nul", EN: "baseline is zero"},
	"modality-unknown": {NL: "techniek onbekend", EN: "technique unknown"}, "history-or-end-unknown": {NL: "voorgeschiedenis of einde onbekend", EN: "history or end unknown"},

	// reasons and events
	"lead-migration": {NL: "elektrode verplaatst", EN: "electrode moved"}, "lead-fracture": {NL: "elektrode gebroken", EN: "electrode broken"}, "infection": {NL: "infectie", EN: "infection"},
	"pocket-pain": {NL: "pijn bij de batterij", EN: "pain at the generator"}, "battery-empty": {NL: "batterij leeg", EN: "battery empty"}, "hardware": {NL: "ander defect", EN: "another fault"},
	"no-effect": {NL: "onvoldoende of verloren effect", EN: "effect insufficient or lost"}, "trial-ended": {NL: "einde van de proef", EN: "end of the trial"},
	"dural-puncture": {NL: "duraperforatie", EN: "dural puncture"}, "neurological": {NL: "neurologische uitval of bloeding", EN: "neurological deficit or bleeding"},
	"other": {NL: "anders", EN: "other"}, "other-code": {NL: "andere code", EN: "another code"}, "before-placement": {NL: "vóór plaatsing", EN: "before placement"},
	"Serious": {NL: "ernstig", EN: "serious"}, "Non-serious": {NL: "niet ernstig", EN: "not serious"},

	// people
	"male": {NL: "man", EN: "male"}, "female": {NL: "vrouw", EN: "female"},
	"age-under-40": {NL: "jonger dan 40", EN: "under 40"}, "age-80-over": {NL: "80 en ouder", EN: "80 and over"},
	"bmi-under-25": {NL: "onder 25", EN: "under 25"}, "bmi-35-over": {NL: "35 en hoger", EN: "35 and over"}, "pain-under-5": {NL: "onder 5", EN: "under 5"},
	"opioid-none": {NL: "geen", EN: "none"}, "opioid-under-50": {NL: "onder 50", EN: "under 50"}, "opioid-90-over": {NL: "90 en hoger", EN: "90 and over"},

	// specialist groups
	"anaesthesiologist-pain-specialist": {NL: "anesthesioloog-pijnspecialist", EN: "anaesthesiologist and pain specialist"}, "neurosurgeon": {NL: "neurochirurg", EN: "neurosurgeon"},

	// moments
	baseline: {NL: "uitgangswaarde", EN: "baseline"}, "6-months": {NL: "6 maanden", EN: "6 months"},

	// data
	"birth-date":     {NL: "geboortedatum", EN: "date of birth"},
	"pain-at-intake": {NL: "pijn bij intake", EN: "pain at intake"}, "comorbidity": {NL: "comorbiditeit", EN: "comorbidity"}, "cost": {NL: "kosten", EN: "cost"},
	"procedure-date": {NL: "datum van de ingreep", EN: "date of the procedure"}, "adverse-event-date": {NL: "datum van het voorval", EN: "date of the event"},
	"adverse-event-seriousness": {NL: "ernst van het voorval", EN: "seriousness of the event"}, "device": {NL: "materiaal", EN: "material"}, "manufacturer-and-model": {NL: "fabrikant en model", EN: "manufacturer and model"},
	"reason": {NL: "reden van revisie of verwijdering", EN: "reason of revision or removal"}, "adverse-event-behind-revision": {NL: "voorval achter een revisie of verwijdering", EN: "event behind a revision or removal"},

	// curves
	"removal": {NL: "verwijdering", EN: "removal"}, "revision-or-removal": {NL: "revisie of verwijdering", EN: "revision or removal"},
}

// bandPrefixes stand before the numbers of a band.
var bandPrefixes = []string{"age-", "bmi-", "pain-", "opioid-"}

// Words is what people call a code of a report.
func Words(code, lang string) string {
	if text, ok := words[code]; ok {
		return text.In(lang)
	}
	if text, ok := leftOutWords[code]; ok {
		return text.In(lang)
	}
	if year, ok := strings.CutPrefix(code, "year-"); ok {
		return standpunt.Text{NL: "jaar ", EN: "year "}.In(lang) + year
	}
	for _, prefix := range bandPrefixes {
		if numbers, ok := strings.CutPrefix(code, prefix); ok {
			return numbers
		}
	}
	return advice.Name(code, lang)
}
