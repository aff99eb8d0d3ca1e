package prom

// pcs is the Pain Catastrophizing Scale, not the physical component summary of
// the SF-12, which shares its letters: thirteen items of 0 to 4, none reversed.
// No way to make up for a missing item has been published.
var pcs = Instrument{
	ID: "pcs", Title: "Pain Catastrophizing Scale", Holder: "Michael Sullivan",
	Items: options("pcs", 13, 0, 4),
	Scales: []Scale{
		{
			Name: "total", Items: numbered("pcs", upTo(13)...), Unit: score, Rules: []string{Complete}, Factor: whole(13),
			Low: whole(0), High: whole(52), Bands: []Band{{"below cut-off", whole(29)}, {"clinically relevant", whole(52)}},
			MCID: []Difference{{Points: dec("6.48"), Source: "PMC7053735, anchor NRS change of 2", Verified: true}},
		},
		{Name: "rumination", Items: numbered("pcs", 8, 9, 10, 11), Unit: score, Rules: []string{Complete}, Factor: whole(4), Low: whole(0), High: whole(16)},
		{Name: "magnification", Items: numbered("pcs", 6, 7, 13), Unit: score, Rules: []string{Complete}, Factor: whole(3), Low: whole(0), High: whole(12)},
		{Name: "helplessness", Items: numbered("pcs", 1, 2, 3, 4, 5, 12), Unit: score, Rules: []string{Complete}, Factor: whole(6), Low: whole(0), High: whole(24)},
	},
}
