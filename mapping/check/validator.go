package check

import (
	"math/big"
	"reflect"
	"regexp"
	"sync"

	"github.com/go-playground/validator/v10"
)

// rules is the validator with our own validations, registered once.
var rules = sync.OnceValue(func() *validator.Validate {
	v := validator.New(validator.WithRequiredStructEnabled())
	if err := v.RegisterValidation("bsn", func(field validator.FieldLevel) bool { return IsBSN(field.Field().String()) }); err != nil {
		panic(err) // the name is a constant
	}
	v.RegisterCustomTypeFunc(func(field reflect.Value) any {
		r := field.Interface().(big.Rat)
		f, _ := r.Float64()
		return f
	}, big.Rat{})
	return v
})

var nineDigits = regexp.MustCompile(`^[0-9]{9}$`)

// IsBSN reports whether s is a burgerservicenummer: nine digits, not all zero,
// whose sum with the weights 9, 8, ... 2 and -1 is a multiple of eleven.
func IsBSN(s string) bool {
	if !nineDigits.MatchString(s) || s == "000000000" {
		return false
	}
	sum := -int(s[8] - '0')
	for i := range 8 {
		sum += (9 - i) * int(s[i]-'0')
	}
	return sum%11 == 0
}
