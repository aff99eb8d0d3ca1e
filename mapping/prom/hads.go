package prom

// hads is the Hospital Anxiety and Depression Scale: fourteen items of 0 to 3,
// anxiety the odd and depression the even ones. The two are never summed.
// WorstFirst marks the items whose options are printed from 3 to 0: only where
// a form stores the position of the option does it matter.
var hads = Instrument{
	ID: "hads", Title: "Hospital Anxiety and Depression Scale", Holder: "GL Assessment",
	Items: hadsItems(),
	Scales: []Scale{
		hadsScale("anxiety", numbered("hads", 1, 3, 5, 7, 9, 11, 13)),
		hadsScale("depression", numbered("hads", 2, 4, 6, 8, 10, 12, 14)),
	},
}

func hadsItems() []Item {
	items := options("hads", 14, 0, 3)
	for _, n := range []int{1, 3, 5, 6, 8, 10, 11, 13} {
		items[n-1].WorstFirst = true
	}
	return items
}

func hadsScale(name string, items []string) Scale {
	return Scale{
		Name: name, Items: items, Unit: score, Factor: whole(7), Low: whole(0), High: whole(21),
		// The manual is silent; Bell 2016 (BMC Res Notes 9:479) recommends the half rule.
		Rules: []string{Half, Max1Missing, Complete},
		Bands: []Band{{"normal", whole(7)}, {"possible", whole(10)}, {"probable", whole(21)}},
		MCID:  []Difference{{Points: dec("1.5"), Source: "Puhan 2008, COPD"}},
	}
}
