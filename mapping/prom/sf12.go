package prom

import (
	"math/big"
	"strconv"
)

// sf12Model gives both component scores as a constant plus one weight per item
// and option. Version 1 is published so; version 2 is linear in its recoded
// items and comes down to the same.
type sf12Model struct {
	constants [2]*big.Rat       // physical, mental
	weights   [12][][2]*big.Rat // by item and option, option 1 first
}

func (m *sf12Model) add(item int, physical, mental *big.Rat) {
	m.weights[item] = append(m.weights[item], [2]*big.Rat{physical, mental})
}

func (m *sf12Model) formula(component int) formula {
	return func(_ string, values []*big.Rat) outcome {
		sum := new(big.Rat).Set(m.constants[component])
		for item, v := range values {
			sum.Add(sum, m.weights[item][v.Num().Int64()-1][component])
		}
		return outcome{value: sum}
	}
}

// extremes are the lowest and highest score any twelve answers can give. The
// healthiest answers do not give the highest: some weights have opposite signs.
func (m *sf12Model) extremes(component int) (low, high *big.Rat) {
	low, high = new(big.Rat).Set(m.constants[component]), new(big.Rat).Set(m.constants[component])
	for _, options := range m.weights {
		least, most := options[0][component], options[0][component]
		for _, o := range options {
			if o[component].Cmp(least) < 0 {
				least = o[component]
			}
			if o[component].Cmp(most) > 0 {
				most = o[component]
			}
		}
		low.Add(low, least)
		high.Add(high, most)
	}
	return low, high
}

// sf12 makes the table of a version from its numbers of options. The standard
// algorithm of either version needs all twelve items.
func sf12(id, title string, counts [12]int64, m sf12Model) Instrument {
	i := Instrument{ID: id, Title: title, Holder: "QualityMetric", VersionByOptions: true}
	for k, n := range counts {
		i.Items = append(i.Items, Item{ID: id + "." + strconv.Itoa(k+1), Min: 1, Max: n})
	}
	mcid := [2]string{"3.29", "3.77"}
	for component, name := range []string{"pcs", "mcs"} {
		low, high := m.extremes(component)
		i.Scales = append(i.Scales, Scale{
			Name: name, Items: numbered(id, upTo(12)...), Unit: score, Rules: []string{Complete},
			Formula: m.formula(component), Low: low, High: high, Direction: HigherIsBetter,
			MCID: []Difference{{Points: dec(mcid[component]), Exceed: true, Source: "Diaz-Arribas 2017, low back pain", Verified: true}},
		})
	}
	return i
}

// Decline is what three readings make of a fall in the SF-12 between two
// moments. The standpunt names no threshold, and clinicians must choose.
type Decline struct {
	Any       bool `json:"any"`       // any fall of either component
	Threshold bool `json:"threshold"` // physical by more than 3.29 or mental by more than 3.77 (Diaz-Arribas 2017)
	HalfSD    bool `json:"halfSd"`    // either by 5 points, half a standard deviation, or more
}

// SF12Decline compares the components before and after, by all three readings.
func SF12Decline(physicalBefore, mentalBefore, physicalAfter, mentalAfter *big.Rat) Decline {
	physical := new(big.Rat).Sub(physicalBefore, physicalAfter)
	mental := new(big.Rat).Sub(mentalBefore, mentalAfter)
	half := whole(5)
	return Decline{
		Any:       physical.Sign() > 0 || mental.Sign() > 0,
		Threshold: physical.Cmp(dec("3.29")) > 0 || mental.Cmp(dec("3.77")) > 0,
		HalfSD:    physical.Cmp(half) >= 0 || mental.Cmp(half) >= 0,
	}
}
