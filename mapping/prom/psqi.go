package prom

import "math/big"

// psqi is the Pittsburgh Sleep Quality Index: seven components of 0 to 3 and
// their sum. The items have names instead of numbers because two numberings of
// the last four are in use. Questions for a bed partner are never scored.
//
// Rule upitt is the scoring sheet of the University of Pittsburgh (7 hours of
// sleep and 85 % efficiency score 0); rule buysse-1989 takes the table of the
// article as printed, where both score 1.
var psqi = Instrument{
	ID: "psqi", Title: "Pittsburgh Sleep Quality Index", Holder: "D.J. Buysse, University of Pittsburgh",
	Items: []Item{
		{ID: "psqi.bedtime", Kind: Clock, Max: 24, Fractions: true},
		{ID: "psqi.latency", Kind: Minutes, Max: 1440, Fractions: true},
		{ID: "psqi.risetime", Kind: Clock, Max: 24, Fractions: true},
		{ID: "psqi.sleep-hours", Kind: Hours, Max: 24, Fractions: true},
		{ID: "psqi.5a", Max: 3}, {ID: "psqi.5b", Max: 3}, {ID: "psqi.5c", Max: 3}, {ID: "psqi.5d", Max: 3}, {ID: "psqi.5e", Max: 3},
		{ID: "psqi.5f", Max: 3}, {ID: "psqi.5g", Max: 3}, {ID: "psqi.5h", Max: 3}, {ID: "psqi.5i", Max: 3},
		// Counts 0 when the answer, or the words that say which other reason, are absent.
		{ID: "psqi.5j", Max: 3, Optional: true, Comment: "psqi.5j-comment"},
		{ID: "psqi.5j-comment", Kind: Words},
		{ID: "psqi.quality", Max: 3}, {ID: "psqi.medication", Max: 3}, {ID: "psqi.awake", Max: 3}, {ID: "psqi.enthusiasm", Max: 3},
	},
	Scales: []Scale{
		psqiComponent("c1", psqiSame, "psqi.quality"),
		psqiComponent("c2", psqiLatency, "psqi.latency", "psqi.5a"),
		psqiComponent("c3", psqiDuration, "psqi.sleep-hours"),
		psqiComponent("c4", psqiEfficiency, "psqi.bedtime", "psqi.risetime", "psqi.sleep-hours"),
		psqiComponent("c5", psqiDisturbance, psqiDisturbances...),
		psqiComponent("c6", psqiSame, "psqi.medication"),
		psqiComponent("c7", psqiDaytime, "psqi.awake", "psqi.enthusiasm"),
		{
			Name: "global", Items: psqiAll, Unit: score, Rules: []string{UPitt, Buysse1989}, Formula: psqiGlobal,
			Low: whole(0), High: whole(21), Bands: []Band{{"good sleeper", whole(5)}, {"poor sleeper", whole(21)}},
			MCID: []Difference{{Points: whole(3), Source: "Buysse 2011"}},
		},
	},
}

var psqiDisturbances = []string{"psqi.5b", "psqi.5c", "psqi.5d", "psqi.5e", "psqi.5f", "psqi.5g", "psqi.5h", "psqi.5i", "psqi.5j"}

// psqiAll is the order in which psqiGlobal finds its values.
var psqiAll = append([]string{"psqi.bedtime", "psqi.latency", "psqi.risetime", "psqi.sleep-hours", "psqi.5a"},
	append(psqiDisturbances[:len(psqiDisturbances):len(psqiDisturbances)], "psqi.quality", "psqi.medication", "psqi.awake", "psqi.enthusiasm")...)

func psqiComponent(name string, f formula, items ...string) Scale {
	return Scale{Name: name, Items: items, Unit: score, Rules: []string{UPitt, Buysse1989}, Formula: f, Low: whole(0), High: whole(3)}
}

func psqiSame(_ string, v []*big.Rat) outcome { return outcome{value: v[0]} }

// grade is the place of a value among rising limits: 0 up to and including the first.
func grade(v *big.Rat, limits ...int64) *big.Rat {
	for k, limit := range limits {
		if v.Cmp(whole(limit)) <= 0 {
			return whole(int64(k))
		}
	}
	return whole(int64(len(limits)))
}

func psqiLatency(_ string, v []*big.Rat) outcome {
	sum := new(big.Rat).Add(grade(v[0], 15, 30, 60), v[1])
	return outcome{value: grade(sum, 0, 2, 4)}
}

func psqiDuration(rule string, v []*big.Rat) outcome {
	return outcome{value: descending(v[0], rule, 7, 6, 5)}
}

// descending is 0 from the first limit on, 1 from the second, and so on. The
// article prints the first as "more than".
func descending(v *big.Rat, rule string, limits ...int64) *big.Rat {
	for k, limit := range limits {
		c := v.Cmp(whole(limit))
		if c > 0 || c == 0 && (k > 0 || rule != Buysse1989) {
			return whole(int64(k))
		}
	}
	return whole(int64(len(limits)))
}

// psqiEfficiency is hours slept in percent of hours in bed, which may pass
// midnight.
func psqiEfficiency(rule string, v []*big.Rat) outcome {
	inBed := new(big.Rat).Sub(v[1], v[0])
	if inBed.Sign() < 0 {
		inBed.Add(inBed, whole(24))
	}
	if inBed.Sign() == 0 {
		return outcome{reason: "bed time and rise time are the same, so that time in bed is undefined"}
	}
	var o outcome
	if inBed.Cmp(whole(14)) > 0 || inBed.Cmp(whole(3)) < 0 {
		o.flags = append(o.flags, "time in bed is over 14 or under 3 hours: a 12-hour clock may have been used")
	}
	percent := new(big.Rat).Quo(v[2], inBed)
	percent.Mul(percent, whole(100))
	if percent.Cmp(whole(100)) > 0 {
		o.flags = append(o.flags, "sleep efficiency is over 100 %")
	}
	o.value = descending(percent, rule, 85, 75, 65)
	return o
}

func psqiDisturbance(_ string, v []*big.Rat) outcome {
	sum := new(big.Rat)
	for _, a := range v {
		if a != nil { // 5j
			sum.Add(sum, a)
		}
	}
	return outcome{value: grade(sum, 0, 9, 18)}
}

func psqiDaytime(_ string, v []*big.Rat) outcome {
	return outcome{value: grade(new(big.Rat).Add(v[0], v[1]), 0, 2, 4)}
}

// psqiGlobal adds the components up.
func psqiGlobal(rule string, v []*big.Rat) outcome {
	total := outcome{value: new(big.Rat)}
	for _, component := range []outcome{
		psqiSame(rule, v[14:15]), psqiLatency(rule, []*big.Rat{v[1], v[4]}), psqiDuration(rule, v[3:4]),
		psqiEfficiency(rule, []*big.Rat{v[0], v[2], v[3]}), psqiDisturbance(rule, v[5:14]),
		psqiSame(rule, v[15:16]), psqiDaytime(rule, v[16:18]),
	} {
		if component.value == nil {
			return component
		}
		total.value.Add(total.value, component.value)
		total.flags = append(total.flags, component.flags...)
	}
	return total
}
