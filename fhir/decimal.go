package fhir

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

// Decimal is a JSON number exactly as sent ("7.10" stays "7.10"); the zero
// value is absent. Integers are decimals without fraction or exponent.
type Decimal string

// maxDigits bounds what Rat expands, so that "1e999999999" costs nothing.
const maxDigits = 400

// Rat is the exact value. It fails on what is not a JSON number and on numbers
// whose expansion would take more than 400 digits.
func (d Decimal) Rat() (*big.Rat, error) {
	s := string(d)
	mantissa, exponent, scientific := strings.Cut(strings.ToLower(s), "e")
	if len(mantissa) > maxDigits {
		return nil, fmt.Errorf("number of %d characters is too long", len(s))
	}
	if scientific {
		e, err := strconv.Atoi(exponent)
		if err != nil || e > maxDigits || e < -maxDigits {
			return nil, fmt.Errorf("exponent of number out of range")
		}
	}
	if strings.ContainsAny(s, "/_xXpPbBoO") {
		return nil, fmt.Errorf("not a decimal number")
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return nil, fmt.Errorf("not a decimal number")
	}
	return r, nil
}

// UnmarshalJSON keeps the number as written; a string or other type is an error.
func (d *Decimal) UnmarshalJSON(b []byte) error {
	if len(b) == 0 || b[0] != '-' && (b[0] < '0' || b[0] > '9') {
		return fmt.Errorf("want a number")
	}
	*d = Decimal(b)
	return nil
}
