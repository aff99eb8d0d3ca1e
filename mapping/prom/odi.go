package prom

// odi is the Oswestry Disability Index 2.1a: ten sections of 0 to 5. The score
// is the percentage of the maximum of the answered sections; section 8 may be
// left open.
var odi = Instrument{
	ID: "odi", Title: "Oswestry Disability Index", Holder: "Jeremy Fairbank",
	Items: options("odi", 10, 0, 5),
	Scales: []Scale{{
		Name: "total", Items: numbered("odi", upTo(10)...), Unit: "%",
		Rules: []string{Max1Missing, Complete, Max2Missing}, Factor: whole(20), Low: whole(0), High: whole(100),
		LOINC: "97909-6", Stored: []string{"odi.score", "score"},
		Bands: []Band{{"minimal", whole(20)}, {"moderate", whole(40)}, {"severe", whole(60)}, {"crippled", whole(80)}, {"bed-bound", whole(100)}},
		MCID: []Difference{
			{Points: whole(10), Source: "Ostelo 2008"},
			{Percent: whole(30), Source: "Ostelo 2008"},
			{Points: dec("8.2"), Source: "Paul 2015, spinal cord stimulation, lower end", Verified: true},
			{Points: dec("13.3"), Source: "Paul 2015, spinal cord stimulation, upper end", Verified: true},
		},
	}},
}
