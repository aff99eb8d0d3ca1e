package web

import (
	"github.com/gin-gonic/gin"
	"golang.org/x/text/language"

	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// words are the texts of the pages.
var words = map[string]standpunt.Text{
	"workbench":                    {NL: "Werkbank", EN: "Workbench"},
	"introduce":                    {NL: "Lees een patiënt in en zie wat het standpunt over neuromodulatie ervan zegt, met bij elke uitkomst de vindplaats en het gegeven waarop zij rust.", EN: "Give a patient's data and see what the standpunt on neuromodulation says of it, with for every outcome the place in the document and the datum it rests on."},
	"notkept":                      {NL: "Wat u hier inleest wordt beoordeeld en niet bewaard.", EN: "What you give here is judged and not kept."},
	"file":                         {NL: "Bestand", EN: "File"},
	"formats":                      {NL: "FHIR R4 of STU3, als JSON, XML of NDJSON", EN: "FHIR R4 or STU3, as JSON, XML or NDJSON"},
	"orpaste":                      {NL: "of plak hier een Bundle", EN: "or paste a Bundle here"},
	"asof":                         {NL: "Beoordeel op", EN: "Judge as of"},
	"phase":                        {NL: "Fase", EN: "Phase"},
	"derived":                      {NL: "uit de gegevens", EN: "from the data"},
	"version":                      {NL: "Versie van het standpunt", EN: "Version of the standpunt"},
	"ofday":                        {NL: "die van de dag", EN: "that of the day"},
	"judge":                        {NL: "Beoordelen", EN: "Judge"},
	"again":                        {NL: "Een andere patiënt", EN: "Another patient"},
	"allcriteria":                  {NL: "Alle criteria", EN: "All criteria"},
	"record":                       {NL: "Wat is gelezen", EN: "What was read"},
	"resources":                    {NL: "Wat er met elke resource is gedaan", EN: "What became of every resource"},
	"resource":                     {NL: "Resource", EN: "Resource"},
	"fate":                         {NL: "Lot", EN: "Fate"},
	"reason":                       {NL: "Reden of gebruik", EN: "Reason or use"},
	"unreadable":                   {NL: "Niet te lezen", EN: "Cannot be read"},
	"nothing":                      {NL: "Kies een bestand of plak een Bundle.", EN: "Choose a file or paste a Bundle."},
	"badday":                       {NL: "Geen dag als JJJJ-MM-DD.", EN: "Not a day as YYYY-MM-DD."},
	"badchoice":                    {NL: "Geen van de keuzes van dit veld.", EN: "None of the choices of this field."},
	"toobig":                       {NL: "Groter dan hier mag (limits.bytes).", EN: "Larger than allowed here (limits.bytes)."},
	"more":                         {NL: "Alleen de eerste patiënten staan hier; pijnpoort advise beantwoordt er zoveel als u wilt.", EN: "Only the first patients are shown; pijnpoort advise answers as many as you like."},
	"used":                         {NL: "gebruikt", EN: "used"},
	"ignored":                      {NL: "niet gebruikt", EN: "not used"},
	"rejected":                     {NL: "geweigerd", EN: "rejected"},
	"annualreport":                 {NL: "Jaarverslag neuromodulatie", EN: "Annual report on neuromodulation"},
	"asofday":                      {NL: "stand op", EN: "as of"},
	"running":                      {NL: "het jaar is nog niet om", EN: "the year has not ended"},
	"patientsin":                   {NL: "patiënten:", EN: "patients:"},
	"counted":                      {NL: "geteld", EN: "counted"},
	"optedout":                     {NL: "bezwaar", EN: "opted out"},
	"procedures":                   {NL: "ingrepen in alle jaren:", EN: "procedures in all years:"},
	"norms":                        {NL: "Volumenormen en eisen aan het centrum", EN: "Volume norms and what is asked of the centre"},
	"normsmissing":                 {NL: "Nodig om te oordelen:", EN: "Needed to judge:"},
	"norm":                         {NL: "Norm", EN: "Norm"},
	"base":                         {NL: "Wat is geteld", EN: "What was counted"},
	"number":                       {NL: "Aantal", EN: "Number"},
	"decides":                      {NL: "Beslist", EN: "Decides"},
	"disagree":                     {NL: "De opgave van het centrum en de gegevens verschillen:", EN: "What the centre stated and the data differ:"},
	"stated":                       {NL: "opgegeven", EN: "stated"},
	"computed":                     {NL: "berekend", EN: "computed"},
	"numerator":                    {NL: "Teller", EN: "Numerator"},
	"denominator":                  {NL: "Noemer", EN: "Denominator"},
	"missing":                      {NL: "Ontbrekend", EN: "Missing"},
	"outside":                      {NL: "Telt niet mee", EN: "Not counted"},
	"score":                        {NL: "Uitkomst", EN: "Result"},
	"interval":                     {NL: "95%-interval of kwartielen", EN: "95% interval or quartiles"},
	"variation":                    {NL: "Praktijkvariatie", EN: "Practice variation"},
	"courses":                      {NL: "Vragenlijsten", EN: "Questionnaires"},
	"survival":                     {NL: "Tijd tot revisie of verwijdering", EN: "Time to revision or removal"},
	"completeness":                 {NL: "Volledigheid", EN: "Completeness"},
	"benchmark":                    {NL: "Benchmark", EN: "Benchmark"},
	"nobenchmark":                  {NL: "Het register heeft geen cijfers teruggegeven; zonder die is er niets om mee te vergelijken.", EN: "The registry has returned no figures; without them there is nothing to compare with."},
	"own":                          {NL: "Eigen", EN: "Own"},
	"reporter":                     {NL: "Bron", EN: "Source"},
	"differs":                      {NL: "verschilt", EN: "differs"},
	"same":                         {NL: "verschilt niet aantoonbaar", EN: "no demonstrable difference"},
	"unknown":                      {NL: "niet te zeggen", EN: "cannot be told"},
	"versionword":                  {NL: "versie", EN: "version"},
	"proposal":                     {NL: "Dit is een voorstel van Pijnpoort zelf, geen vastgestelde definitie: het standpunt vraagt om een Textbook Outcome en zegt niet wat dat is.", EN: "This is a proposal of Pijnpoort's own, not an agreed definition: the standpunt asks for a Textbook Outcome and does not say what it is."},
	"production":                   {NL: "Productie per kalenderjaar tegen de norm", EN: "Production per calendar year against the norm"},
	"perclinic":                    {NL: "Patiënten met een operatieve ingreep, per kliniek en samen; wie in beide kwam telt samen één keer", EN: "Patients operated on, per clinic and together; who came to both counts once together"},
	"centre-volume-20":             {NL: "geopereerd", EN: "operated"},
	"centre-volume-50-cooperation": {NL: "toegepast", EN: "applied"},
	"centre-ons-10":                {NL: "ONS", EN: "ONS"},
	"division":                     {NL: "Verdeling", EN: "Division"},
	"points":                       {NL: "punten", EN: "points"},
	"together":                     {NL: "samen", EN: "together"},
	"patients":                     {NL: "patiënten", EN: "patients"},
	"normof":                       {NL: "norm %d", EN: "norm %d"},
	"size":                         {NL: "noemer", EN: "denominator"},
	"share":                        {NL: "aandeel", EN: "share"},
	"funnelcaption":                {NL: "Lijn: het hele centrum. Stippellijnen: binnen deze exacte grenzen kan het toeval zijn.", EN: "Line: the whole centre. Dashed: within these exact limits it may be chance."},
	"lowerbetter":                  {NL: "Lager is beter.", EN: "Lower is better."},
	"higherbetter":                 {NL: "Hoger is beter.", EN: "Higher is better."},
	"intervalcaption":              {NL: "Gemiddelde met 95%-interval; alleen waar minstens vijf patiënten een waarde hebben.", EN: "Mean with 95% interval; only where at least five patients have a value."},
	"all":                          {NL: "alle indicaties", EN: "all indications"},
	"yearssince":                   {NL: "jaren na plaatsing", EN: "years since placement"},
	"without":                      {NL: "zonder gebeurtenis", EN: "without event"},
	"survivalcaption":              {NL: "Kaplan-Meier met 95%-interval; tussen haakjes gebeurtenissen en gevolgde systemen.", EN: "Kaplan-Meier with 95% interval; in brackets events and systems followed."},
	"completenesscaption":          {NL: "Deel van de gegevens dat is vastgelegd.", EN: "Share of the data that is recorded."},
	"responsecaption":              {NL: "Respons: ingevulde van de verschuldigde vragenlijsten, per meetmoment.", EN: "Response: questionnaires completed of those due, per moment."},
	"unable":                       {NL: "Dit kan nu niet worden getoond", EN: "This cannot be shown now"},
	"unablewhy":                    {NL: "De reden staat in het logboek van de server.", EN: "The reason is in the log of the server."},
	"disclaimer":                   {NL: "Pijnpoort beslist niets: het laat zien wat het standpunt vraagt en wat het dossier zegt.", EN: "Pijnpoort decides nothing: it shows what the standpunt asks and what the record says."},
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
