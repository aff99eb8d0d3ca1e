package epd

import "math/big"

// sum adds numbers exactly. Those with up to six decimals, which are all that a
// scale of pain has, are added as whole millionths, without allocating.
type sum struct {
	millionths int64
	rest       *big.Rat
}

const (
	million = 1_000_000
	// limit keeps the sum of very many numbers within an int64.
	limit = 1_000_000
)

func (s *sum) add(r *big.Rat) {
	if n, d, ok := parts(r); ok && million%d == 0 && n > -limit && n < limit {
		s.millionths += n * (million / d)
		return
	}
	if s.rest == nil {
		s.rest = new(big.Rat)
	}
	s.rest.Add(s.rest, r)
}

// over is the sum divided by n.
func (s *sum) over(n int) *big.Rat {
	if s.rest == nil {
		return big.NewRat(s.millionths, million*int64(n))
	}
	total := big.NewRat(s.millionths, million)
	total.Add(total, s.rest)
	return total.Quo(total, big.NewRat(int64(n), 1))
}
