package advice

import (
	"strings"

	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// names are the codes of a verdict as people call them.
var names = map[string]standpunt.Text{
	// conclusions
	"covered-eligible":          {NL: "Komt in aanmerking", EN: "Eligible"},
	"not-eligible":              {NL: "Komt niet in aanmerking", EN: "Not eligible"},
	"not-covered":               {NL: "Geen vergoede zorg", EN: "Not reimbursed care"},
	"needs-data":                {NL: "Nog niet te beoordelen", EN: "Cannot be judged yet"},
	"referral-needed":           {NL: "Eerst verwijzen", EN: "Referral needed first"},
	"transition-arrangement":    {NL: "Overgangsregeling beslist", EN: "Transition arrangement decides"},
	"no-rule-in-force":          {NL: "Geen regel van kracht op deze datum", EN: "No rule in force on this date"},
	"version-conflict":          {NL: "Bronnen spreken elkaar op deze datum tegen", EN: "Sources contradict each other on this date"},
	"no-indication":             {NL: "Geen aandoening gevonden waarvoor neuromodulatie bedoeld is", EN: "No condition found for which neuromodulation is meant"},
	"trial-continue":            {NL: "Proef voortzetten", EN: "Continue the trial"},
	"extension-allowed":         {NL: "Proef mag worden verlengd", EN: "Trial may be extended"},
	"compliant":                 {NL: "Voldoet", EN: "Compliant"},
	"overdue":                   {NL: "Nazorg loopt achter", EN: "Aftercare is overdue"},
	"switch-on-continue":        {NL: "Aanzetten en voortzetten", EN: "Switch on and continue"},
	"stay-off-consider-removal": {NL: "Uit laten en verwijderen overwegen", EN: "Leave off and consider removal"},
	"team-judgement":            {NL: "Oordeel van het team nodig", EN: "The team must judge"},
	"cooperation-required":      {NL: "Alleen in samenwerking met een ander centrum", EN: "Only in cooperation with another centre"},
	"not-compliant":             {NL: "Voldoet niet", EN: "Not compliant"},

	// outcomes
	"met":            {NL: "voldaan", EN: "met"},
	"not-met":        {NL: "niet voldaan", EN: "not met"},
	"unknown":        {NL: "onbekend", EN: "unknown"},
	"not-applicable": {NL: "niet van toepassing", EN: "not applicable"},

	// phases
	"referral":    {NL: "verwijzing", EN: "referral"},
	"preparation": {NL: "voorbereiding", EN: "preparation"},
	"trial":       {NL: "proeffase", EN: "trial phase"},
	"definitive":  {NL: "definitieve fase", EN: "definitive phase"},
	"aftercare":   {NL: "nazorg", EN: "aftercare"},
	"doubt":       {NL: "twijfel over het effect", EN: "doubt about the effect"},
	"centre":      {NL: "pijncentrum", EN: "pain centre"},

	// indications
	"fbss":                    {NL: "FBSS", EN: "FBSS"},
	"fnss":                    {NL: "FNSS", EN: "FNSS"},
	"crps":                    {NL: "CRPS", EN: "CRPS"},
	"pdn":                     {NL: "pijnlijke diabetische polyneuropathie", EN: "painful diabetic polyneuropathy"},
	"sfn":                     {NL: "dunnevezelneuropathie", EN: "small fibre neuropathy"},
	"cch":                     {NL: "chronische clusterhoofdpijn", EN: "chronic cluster headache"},
	"phn":                     {NL: "postherpetische neuralgie", EN: "postherpetic neuralgia"},
	"nerve-injury-neuropathy": {NL: "neuropathie na zenuwletsel", EN: "neuropathy after nerve injury"},
	"angina":                  {NL: "refractaire angina pectoris", EN: "refractory angina pectoris"},
	"pad":                     {NL: "perifeer arterieel vaatlijden", EN: "peripheral arterial disease"},
	"other":                   {NL: "een andere aandoening", EN: "another condition"},

	// modalities: abbreviations in both languages
	"SCS": {NL: "SCS", EN: "SCS"}, "DRGS": {NL: "DRGS", EN: "DRGS"}, "ONS": {NL: "ONS", EN: "ONS"}, "ITDD": {NL: "ITDD", EN: "ITDD"},

	// versions
	"concept-2019": {NL: "concept van juni 2019", EN: "concept of June 2019"},
	"zin-2019":     {NL: "standpunt Zorginstituut 2019", EN: "Zorginstituut standpunt 2019"},
	"nva-2020":     {NL: "standpunt NVA 2020", EN: "NVA standpunt 2020"},
	"nva-2021":     {NL: "standpunt NVA 2021", EN: "NVA standpunt 2021"},
}

// Name is what people call a code of a verdict (a conclusion, outcome, phase,
// indication, modality or version), in "nl" or "en"; a code without a name is
// its own.
func Name(code, lang string) string {
	if n, ok := names[code]; ok {
		return n.In(lang)
	}
	return code
}

// chapters are the parts of the documents as people cite them.
var chapters = map[string]standpunt.Text{
	"inleiding":        {NL: "Inleiding", EN: "Introduction"},
	"bijlage 1":        {NL: "Bijlage 1", EN: "Annex 1"},
	"bijlage 2":        {NL: "Bijlage 2", EN: "Annex 2"},
	"bijlage 3":        {NL: "Bijlage 3", EN: "Annex 3"},
	"conceptstandpunt": {NL: "Conceptstandpunt 2019", EN: "Concept of 2019"},
}

// heading is a place without its item: "h. 1, Algemene inclusiecriteria". The
// headings are the document's own, which is Dutch.
func heading(s standpunt.Source, lang string) string {
	chapter, ok := chapters[s.Chapter]
	if !ok {
		chapter = standpunt.Text{NL: "h. " + s.Chapter, EN: "ch. " + s.Chapter}
	}
	if strings.EqualFold(s.Heading, chapter.NL) {
		return chapter.In(lang)
	}
	return chapter.In(lang) + ", " + s.Heading
}

// Place is where an entry stands: "h. 1, Algemene inclusiecriteria, 2".
func Place(s standpunt.Source, lang string) string {
	if s.Item == "" {
		return heading(s, lang)
	}
	return heading(s, lang) + ", " + s.Item
}
