package prom

// ndi is the Neck Disability Index: ten sections of 0 to 5, reported in percent
// and as a sum out of 50; the two differ by a factor 2, and so do published
// differences. Many people do not drive, so a missing section 8 is common; the
// original article has no missing rule.
//
// LOINC panel 82226-2. Of each section one answer code is verified. The LOINC
// total 82237-9 does not say which of the two scores it is, so it is not compared.
var ndi = Instrument{
	ID: "ndi", Title: "Neck Disability Index", Holder: "Howard Vernon",
	Items: []Item{
		ndiSection("ndi.1", "82227-0", "LA25855-0", 2),
		ndiSection("ndi.2", "82228-8", "LA25860-0", 1),
		ndiSection("ndi.3", "82229-6", "LA25867-5", 2),
		ndiSection("ndi.4", "82230-4", "LA25873-3", 2),
		ndiSection("ndi.5", "82231-2", "LA26367-5", 3),
		ndiSection("ndi.6", "82232-0", "LA25880-8", 2),
		ndiSection("ndi.7", "82233-8", "LA25886-5", 2),
		ndiSection("ndi.8", "82234-6", "LA25892-3", 2),
		ndiSection("ndi.9", "82235-3", "LA25898-0", 2),
		ndiSection("ndi.10", "82236-1", "LA25904-6", 2),
	},
	Scales: []Scale{
		{
			Name: "total", Items: numbered("ndi", upTo(10)...), Unit: "%",
			Rules: []string{Max1Missing, Complete, Max2Missing}, Factor: whole(20), Low: whole(0), High: whole(100),
			Bands: []Band{{"none", whole(8)}, {"mild", whole(28)}, {"moderate", whole(48)}, {"severe", whole(64)}, {"complete", whole(100)}},
			MCID: []Difference{
				{Points: whole(19), Source: "Cleland 2008", Verified: true},
				{Points: dec("13.39"), Source: "anterior cervical discectomy and fusion, anchor health transition", Verified: true},
			},
		},
		{
			Name: "sum", Items: numbered("ndi", upTo(10)...), Unit: score,
			Rules: []string{Max1Missing, Complete, Max2Missing}, Factor: whole(10), Low: whole(0), High: whole(50),
			Bands: []Band{{"none", whole(4)}, {"mild", whole(14)}, {"moderate", whole(24)}, {"severe", whole(34)}, {"complete", whole(50)}},
			MCID:  []Difference{{Points: dec("7.5"), Source: "MacDermid 2009"}},
		},
	},
}

func ndiSection(id, loinc, answer string, value int64) Item {
	return Item{ID: id, Max: 5, LOINC: loinc, Answers: map[string]int64{answer: value}}
}
