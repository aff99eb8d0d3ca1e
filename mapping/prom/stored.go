package prom

import (
	"math/big"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// stored is a score as a response keeps it.
type stored struct {
	value    *big.Rat
	decimals int  // as written
	differs  bool // the response keeps it more than once, differently
}

// keep reads a stored score: a number, quantity, numeral (with or without %) or
// the weight of a coding. What is none of these says nothing about the score.
func (r *reading) keep(scale *Scale, answer *fhir.Answer) {
	literal := ""
	switch {
	case answer.Integer != "":
		literal = string(answer.Integer)
	case answer.Decimal != "":
		literal = string(answer.Decimal)
	case answer.Quantity != nil && answer.Quantity.Comparator == "":
		literal = string(answer.Quantity.Value)
	case answer.String != "":
		literal = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(answer.String), "%"))
		if _, ok := numeral(literal); !ok {
			return
		}
		literal = strings.Replace(literal, ",", ".", 1)
	case answer.Coding != nil:
		w, reason := extensionWeight(answer.Coding.Extension, answer.Weights)
		if w == nil || reason != "" {
			return
		}
		literal = w.FloatString(10)
		literal = strings.TrimRight(strings.TrimRight(literal, "0"), ".")
	}
	value, reason := exact(fhir.Decimal(literal))
	if reason != "" {
		return
	}
	if before := r.stored[scale.Name]; before != nil {
		before.differs = before.differs || before.value.Cmp(value) != 0
		return
	}
	_, fraction, _ := strings.Cut(literal, ".")
	if strings.ContainsAny(literal, "eE") {
		fraction = ""
	}
	r.stored[scale.Name] = &stored{value: value, decimals: len(fraction)}
}

// compare holds the stored score against the computed one. They agree when the
// computed one rounds to the stored one at the decimals it is written in.
func (s *Scored) compare(kept *stored) {
	s.Stored = kept.value
	if kept.differs {
		s.Discrepancy = true
		s.Flags = append(s.Flags, "the response keeps this score more than once, differently")
	}
	if s.Value == nil {
		return
	}
	difference := new(big.Rat).Sub(kept.value, s.Value)
	half := big.NewRat(1, 2)
	for range kept.decimals {
		half.Quo(half, whole(10))
	}
	if difference.Abs(difference).Cmp(half) > 0 {
		s.Discrepancy = true
	}
}
