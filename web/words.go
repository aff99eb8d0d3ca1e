package web

import (
	"github.com/gin-gonic/gin"
	"golang.org/x/text/language"

	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// words are the texts of the pages.
var words = map[string]standpunt.Text{
	"workbench":   {NL: "Werkbank", EN: "Workbench"},
	"introduce":   {NL: "Lees een patiënt in en zie wat het standpunt over neuromodulatie ervan zegt, met bij elke uitkomst de vindplaats en het gegeven waarop zij rust.", EN: "Give a patient's data and see what the standpunt on neuromodulation says of it, with for every outcome the place in the document and the datum it rests on."},
	"notkept":     {NL: "Wat u hier inleest wordt beoordeeld en niet bewaard.", EN: "What you give here is judged and not kept."},
	"file":        {NL: "Bestand", EN: "File"},
	"formats":     {NL: "FHIR R4 of STU3, als JSON, XML of NDJSON", EN: "FHIR R4 or STU3, as JSON, XML or NDJSON"},
	"orpaste":     {NL: "of plak hier een Bundle", EN: "or paste a Bundle here"},
	"asof":        {NL: "Beoordeel op", EN: "Judge as of"},
	"phase":       {NL: "Fase", EN: "Phase"},
	"derived":     {NL: "uit de gegevens", EN: "from the data"},
	"version":     {NL: "Versie van het standpunt", EN: "Version of the standpunt"},
	"ofday":       {NL: "die van de dag", EN: "that of the day"},
	"judge":       {NL: "Beoordelen", EN: "Judge"},
	"again":       {NL: "Een andere patiënt", EN: "Another patient"},
	"allcriteria": {NL: "Alle criteria", EN: "All criteria"},
	"record":      {NL: "Wat is gelezen", EN: "What was read"},
	"resources":   {NL: "Wat er met elke resource is gedaan", EN: "What became of every resource"},
	"resource":    {NL: "Resource", EN: "Resource"},
	"fate":        {NL: "Lot", EN: "Fate"},
	"reason":      {NL: "Reden of gebruik", EN: "Reason or use"},
	"unreadable":  {NL: "Niet te lezen", EN: "Cannot be read"},
	"nothing":     {NL: "Kies een bestand of plak een Bundle.", EN: "Choose a file or paste a Bundle."},
	"badday":      {NL: "Geen dag als JJJJ-MM-DD.", EN: "Not a day as YYYY-MM-DD."},
	"badchoice":   {NL: "Geen van de keuzes van dit veld.", EN: "None of the choices of this field."},
	"toobig":      {NL: "Groter dan hier mag (limits.bytes).", EN: "Larger than allowed here (limits.bytes)."},
	"more":        {NL: "Alleen de eerste patiënten staan hier; pijnpoort advise beantwoordt er zoveel als u wilt.", EN: "Only the first patients are shown; pijnpoort advise answers as many as you like."},
	"used":        {NL: "gebruikt", EN: "used"},
	"ignored":     {NL: "niet gebruikt", EN: "not used"},
	"rejected":    {NL: "geweigerd", EN: "rejected"},
	"disclaimer":  {NL: "Pijnpoort beslist niets: het laat zien wat het standpunt vraagt en wat het dossier zegt.", EN: "Pijnpoort decides nothing: it shows what the standpunt asks and what the record says."},
}

func word(key, lang string) string { return words[key].In(lang) }

// offered are the languages of the pages, the first is for who asks for none of them.
var offered = []language.Tag{language.Dutch, language.English}

// language is what the browser asks for, and the installation's own where it asks
// for neither Dutch nor English.
func (s *server) language(c *gin.Context) string {
	wanted, _, err := language.ParseAcceptLanguage(c.GetHeader("Accept-Language"))
	if err != nil || len(wanted) == 0 {
		return s.Language
	}
	_, index, confidence := language.NewMatcher(offered).Match(wanted...)
	if confidence == language.No {
		return s.Language
	}
	return []string{"nl", "en"}[index]
}
