package prom

// nrs is the numeric rating scale of pain, 0 to 10, fractions allowed. The zib
// PainScore describes it as starting at 1; 0 (no pain) is accepted all the same.
var nrs = Instrument{
	ID: "nrs", Title: "Numeric Rating Scale for pain",
	Items: []Item{{ID: "nrs.1", Kind: Rating, Max: 10, Fractions: true, LOINC: "72514-3"}},
	Scales: []Scale{{
		Name: "value", Items: numbered("nrs", 1), Unit: score, Rules: []string{Complete}, Factor: whole(1),
		Low: whole(0), High: whole(10),
		MCID: []Difference{
			{Points: whole(2), Source: "IMMPACT", Verified: true},
			{Percent: whole(30), Source: "IMMPACT, moderate", Verified: true},
			{Percent: whole(50), Source: "IMMPACT, substantial", Verified: true},
		},
	}},
}
