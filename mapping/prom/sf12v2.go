package prom

import "math/big"

// sf12v2 is the SF-12 version 2: eight scales of 0 to 100, standardised by the
// United States means of 1998 and combined into two component scores. Constants
// as in the public SAS, R and Stata programs.
var sf12v2 = sf12("sf12v2", "SF-12 version 2", [12]int64{5, 3, 3, 5, 5, 5, 5, 5, 5, 5, 5, 5}, sf12v2Model())

// sf12v2Scale is one of the eight scales.
type sf12v2Scale struct {
	name             string
	items            []int // positions, from 0
	least, span      int64 // of the sum of the recoded items
	mean, deviation  string
	physical, mental string // coefficients
}

var sf12v2Scales = []sf12v2Scale{
	{"PF", []int{1, 2}, 2, 4, "81.18122", "29.10588", "0.42402", "-0.22999"},
	{"RP", []int{3, 4}, 2, 8, "80.52856", "27.13526", "0.35119", "-0.12329"},
	{"BP", []int{7}, 1, 4, "81.74015", "24.53019", "0.31754", "-0.09731"},
	{"GH", []int{0}, 1, 4, "72.19795", "23.19041", "0.24954", "-0.01571"},
	{"VT", []int{9}, 1, 4, "55.59090", "24.84380", "0.02877", "0.23534"},
	{"SF", []int{11}, 1, 4, "83.73973", "24.75775", "-0.00753", "0.26876"},
	{"RE", []int{5, 6}, 2, 8, "86.41051", "22.35543", "-0.19206", "0.43407"},
	{"MH", []int{8, 10}, 2, 8, "70.18217", "20.50597", "-0.22069", "0.48581"},
}

// sf12v2Recode gives the value of each option, where it is not the option's number.
var sf12v2Recode = map[int][]string{
	0: {"5", "4.4", "3.4", "2", "1"}, // GH1
	7: {"5", "4", "3", "2", "1"},     // BP2
	8: {"5", "4", "3", "2", "1"},     // MH3
	9: {"5", "4", "3", "2", "1"},     // VT2
}

func sf12v2Model() sf12Model {
	m := sf12Model{constants: [2]*big.Rat{whole(50), whole(50)}}
	for _, s := range sf12v2Scales {
		// T = 50 + 10 * coefficient * (100 * (sum - least) / span - mean) / deviation
		for component, coefficient := range []string{s.physical, s.mental} {
			slope := new(big.Rat).Mul(whole(10), dec(coefficient))
			slope.Quo(slope, dec(s.deviation))
			offset := big.NewRat(-100*s.least, s.span)
			offset.Sub(offset, dec(s.mean))
			m.constants[component].Add(m.constants[component], offset.Mul(offset, slope))
			slope.Mul(slope, big.NewRat(100, s.span))
			for _, item := range s.items {
				m.addComponent(item, component, slope)
			}
		}
	}
	return m
}

func (m *sf12Model) addComponent(item, component int, slope *big.Rat) {
	count := 5
	if item == 1 || item == 2 { // PF02, PF04
		count = 3
	}
	if m.weights[item] == nil {
		m.weights[item] = make([][2]*big.Rat, count)
	}
	for option := range count {
		value := whole(int64(option + 1))
		if recode := sf12v2Recode[item]; recode != nil {
			value = dec(recode[option])
		}
		m.weights[item][option][component] = value.Mul(value, slope)
	}
}
