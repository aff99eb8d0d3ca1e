package validation

// note is a remark in both languages.
type note struct{ nl, en string }

func (n note) in(lang string) string {
	if lang == "en" {
		return n.en
	}
	return n.nl
}

// lackNotes says in what way a datum is missing; a plain absence needs no words.
var lackNotes = map[Lack]note{
	Contradictory: {"de gegevens spreken elkaar tegen", "the data contradict each other"},
	Imprecise:     {"de waarde of datum is te onnauwkeurig om te beslissen", "the value or date is too imprecise to decide"},
	Unsettled:     {"vastgelegd, maar zonder uitsluitsel", "recorded, but leaves it open"},
	NotYetDue:     {"het tijdstip is nog niet aangebroken", "not yet due"},
}

// Remarks that tests make.
var (
	noteRemission      = note{"misbruik in remissie; alleen huidig misbruik telt", "misuse in remission; only current misuse counts"}
	noteNotPossible    = note{"zwangerschap is op grond van geslacht of leeftijd niet mogelijk geacht", "pregnancy taken as not possible by sex or age"}
	noteStalePregnancy = note{"de vastgelegde zwangerschap is langer dan 42 weken geleden", "the pregnancy on record is more than 42 weeks old"}
	noteOutcomePending = note{"verwezen; de uitkomst van de psychiater volgt nog", "referred; the psychiatrist's outcome is still to come"}
	noteSexConflict    = note{"geslacht en zwangerschap spreken elkaar tegen", "sex and pregnancy contradict each other"}
	noteDisagree       = note{"NRS en VAS wijzen niet dezelfde kant op", "NRS and VAS do not point the same way"}
	noteNotWeighted    = note{"geen gewogen score: er zijn geen vier dagen met metingen op verschillende momenten", "no weighted score: there are no four days with readings at different moments"}
	noteElsewhere      = note{"de metingen zijn van een andere plaats dan die van de indicatie", "the readings are of another place than that of the indication"}
	noteAttested       = note{"opgegeven score; de metingen zelf zijn niet meegestuurd", "score as supplied; the readings themselves were not sent"}
	noteTableFlips     = note{"met een andere omrekentabel valt het oordeel anders uit", "with another conversion table the outcome differs"}
	noteSeveral        = note{"meerdere aandoeningen vastgelegd; de aanvraag zegt niet welke de reden is", "several conditions recorded; the request does not say which is the reason"}
	noteIsCRPS         = note{"voldoet aan de criteria voor CRPS en geldt daarom als CRPS", "meets the criteria for CRPS and therefore counts as CRPS"}
	noteContraAccept   = note{"een contra-indicatie of intolerantie telt mee als falen", "a contra-indication or intolerance counts as failure"}
	noteLaterLines     = note{"niet alle volgende keuzes zijn overwogen", "not all further choices were considered"}
	noteSignReversed   = note{"het VAS-teken in de tekst is kennelijk omgekeerd; gelezen als hoogstens 40 mm", "the VAS sign in the text is evidently reversed; read as at most 40 mm"}
	noteRunning        = note{"de proefperiode loopt nog", "the trial is still running"}
	noteSamePerson     = note{"één persoon vult meer dan een van de drie rollen", "one person fills more than one of the three roles"}
	noteAllInOne       = note{"zonder proefperiode geïmplanteerd", "implanted without a trial"}
	noteNoBaseline     = note{"de beginwaarde is nul; een afname is niet te bepalen", "the baseline is zero; a reduction cannot be determined"}
	notePending        = note{"het eerste meetmoment is nog niet verstreken", "the first moment has not passed yet"}
	noteRecordOpen     = note{"geen contact vastgelegd, maar het overzicht is niet als volledig aangemerkt", "none recorded, but the record is not stated to be complete"}
	noteTooEarlyOff    = note{"korter dan vier weken uit zonder verergering: nog geen conclusie", "off for less than four weeks without worsening: no conclusion yet"}
	noteYearRunning    = note{"het kalenderjaar is nog niet om", "the calendar year is not over"}
	noteDelivered      = note{"wordt samengesteld in het jaarverslag, niet per patiënt beoordeeld", "compiled in the annual report, not judged per patient"}
	noteInformational  = note{"ter informatie; bepaalt het oordeel niet", "for information; does not decide"}
	noteTransition     = note{"er is al een systeem van vóór 2020: de overgangsregeling beslist, niet dit standpunt", "a system from before 2020 is in place: the transition arrangement decides, not this standpunt"}
	noteDeemed         = note{"geen aantekening; volgens de instelling van het centrum geldt dat als afwezig", "no record; by the site's setting this counts as absent"}
)
