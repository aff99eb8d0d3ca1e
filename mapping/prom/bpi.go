package prom

// bpi is the Brief Pain Inventory, short form: four ratings of severity and
// seven of interference. Relief in percent and the drawings are not scored.
var bpi = Instrument{
	ID: "bpi", Title: "Brief Pain Inventory, short form", Holder: "C.S. Cleeland, MD Anderson Cancer Center",
	Items: ratings("bpi.worst", "bpi.least", "bpi.average", "bpi.now",
		"bpi.activity", "bpi.mood", "bpi.walking", "bpi.work", "bpi.relations", "bpi.sleep", "bpi.enjoyment"),
	Scales: []Scale{
		{
			Name: "severity", Items: []string{"bpi.worst", "bpi.least", "bpi.average", "bpi.now"}, Unit: score,
			// The user guide gives no missing rule for severity, so none may be.
			Rules: []string{Complete}, Factor: whole(1), Low: whole(0), High: whole(10), Bands: painBands,
			MCID: []Difference{
				{Percent: whole(30), Source: "IMMPACT, moderate", Verified: true},
				{Percent: whole(50), Source: "IMMPACT, substantial", Verified: true},
			},
		},
		{
			Name: "interference", Items: []string{"bpi.activity", "bpi.mood", "bpi.walking", "bpi.work", "bpi.relations", "bpi.sleep", "bpi.enjoyment"},
			Unit: score, Rules: []string{OverHalf, Complete}, Factor: whole(1), Low: whole(0), High: whole(10), LOINC: "77565-0",
			MCID: []Difference{{Points: whole(1), Source: "IMMPACT", Verified: true}},
		},
	},
}

// painBands: ePPOC.
var painBands = []Band{{"mild", whole(4)}, {"moderate", whole(6)}, {"severe", whole(10)}}

// ratings makes items answered by a whole number from 0 to 10.
func ratings(ids ...string) []Item {
	items := make([]Item, len(ids))
	for k, id := range ids {
		items[k] = Item{ID: id, Kind: Rating, Max: 10}
	}
	return items
}
