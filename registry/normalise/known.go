package normalise

import (
	"regexp"
	"slices"
	"strings"
)

// What of a device may leave: not words, in which anything can stand, but names and numbers
// of a known form. It holds for the device of a patient and for counts of devices alike.

// manufacturers are the makers of neurostimulators by the begin of how they are written.
var manufacturers = []string{
	"Abbott", "Advanced Neuromodulation Systems", "Biotronik", "Boston Scientific", "Curonix", "Mainstay Medical", "Medtronic",
	"Nalu Medical", "Nevro", "Nuvectra", "Saluda Medical", "Spinal Modulation", "St. Jude Medical", "Stimwave",
}

// Maker is the name under which the maker of a device leaves; false where it is none that
// is known.
func (c Centre) Maker(text string) (string, bool) {
	for _, known := range append(slices.Clip(c.Manufacturers), manufacturers...) {
		first, _, _ := strings.Cut(known, " ")
		if strings.EqualFold(text, known) || strings.HasPrefix(strings.ToLower(text)+" ", strings.ToLower(known)+" ") ||
			strings.EqualFold(text, first) && len(first) > len("St.") {
			return known, true
		}
	}
	return "", false
}

// modelNumber is what a model number looks like: some letters, some digits, a suffix.
var (
	modelNumber = regexp.MustCompile(`^[A-Z]{0,6}[- ]?[0-9]{2,6}(-?[A-Z0-9]{1,4})?$`)
	postcode    = regexp.MustCompile(`^[1-9][0-9]{3} ?[A-Z]{2}$`)
	nineDigits  = regexp.MustCompile(`[0-9]{9}`)
)

// ModelNumber is a text in the form in which it leaves as a model number; false where it
// does not look like one.
func ModelNumber(text string) (string, bool) {
	text = strings.ToUpper(strings.TrimSpace(text))
	if postcode.MatchString(text) || !modelNumber.MatchString(text) || nineDigits.MatchString(strings.NewReplacer("-", "", " ", "").Replace(text)) {
		return "", false
	}
	return text, true
}

// hibcc is a device identifier of HIBCC: labeler, product and unit of measure.
var hibcc = regexp.MustCompile(`^[A-Z][A-Z0-9]{3}[A-Z0-9]{1,18}[0-9]$`)

// DeviceIdentifier is a device identifier (UDI-DI) as it leaves: a GTIN-14 of GS1 with its
// check digit, or one of HIBCC; false for other texts. Anything longer may hold the serial
// number.
func DeviceIdentifier(text string) (string, bool) {
	bare := strings.TrimPrefix(text, "+")
	switch {
	case isGTIN(text):
		return text, true
	case hibcc.MatchString(bare) && !nineDigits.MatchString(text):
		return bare, true
	}
	return "", false
}

// isGTIN reports whether a text is a GTIN-14 (GS1 General Specifications, section 7.9).
func isGTIN(text string) bool {
	if len(text) != 14 || !digits.MatchString(text) {
		return false
	}
	sum := 0
	for i := range 14 {
		weight := 3
		if i%2 == 1 {
			weight = 1
		}
		sum += weight * int(text[i]-'0')
	}
	return sum%10 == 0
}
