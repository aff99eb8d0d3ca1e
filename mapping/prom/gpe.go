package prom

import "math/big"

// gpe is the Global Perceived Effect, 1 (best) to 7 (worst). Forms with 7 as
// best, or running from -5 to +5, are as common: a number counts only where the
// direction is declared.
var gpe = Instrument{
	ID: "gpe", Title: "Global Perceived Effect",
	NeedsDirection: true,
	Items:          options("gpe", 1, 1, 7),
	Scales: []Scale{
		{Name: "value", Items: numbered("gpe", 1), Unit: score, Rules: []string{Complete}, Factor: whole(1), Low: whole(1), High: whole(7)},
		{Name: "success", Items: numbered("gpe", 1), Unit: score, Rules: []string{Complete}, Formula: gpeSuccess,
			Low: whole(0), High: whole(1), Direction: HigherIsBetter},
	},
}

// gpeSuccess is 1 for the two best options and 0 for the others.
func gpeSuccess(_ string, v []*big.Rat) outcome {
	if v[0].Cmp(whole(2)) <= 0 {
		return outcome{value: whole(1)}
	}
	return outcome{value: whole(0)}
}
