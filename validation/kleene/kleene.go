// Package kleene is the logic of the standpunt's rules: strong Kleene logic
// over false, unknown and true, and the comparison of intervals and partial
// dates, in which every completion counts: a comparison that holds for each is
// true, for none is false, for some is unknown.
//
// Source: S.C. Kleene, Introduction to Metamathematics (1952), section 64.
package kleene

// Truth is false, unknown or true; the zero value is Unknown.
type Truth int8

// The three truth values, ordered: And is the lesser, Or the greater.
const (
	False   Truth = -1
	Unknown Truth = 0
	True    Truth = 1
)

// Of is the truth of a boolean.
func Of(b bool) Truth {
	if b {
		return True
	}
	return False
}

// And is the lesser of two truths.
//
//	and | F U T
//	----+------
//	 F  | F F F
//	 U  | F U U
//	 T  | F U T
func And(a, b Truth) Truth { return min(a, b) }

// Or is the greater of two truths.
//
//	or  | F U T
//	----+------
//	 F  | F U T
//	 U  | U U T
//	 T  | T T T
func Or(a, b Truth) Truth { return max(a, b) }

// Not turns true and false about; unknown stays.
func Not(a Truth) Truth { return -a }

// String is "false", "unknown" or "true".
func (t Truth) String() string {
	switch t {
	case False:
		return "false"
	case True:
		return "true"
	}
	return "unknown"
}

// Outcome is how a criterion turned out. The zero value is Undecided.
type Outcome uint8

// The outcomes. An exclusion is met when its absence is established.
const (
	Undecided Outcome = iota
	Met
	NotMet
	NotApplicable
)

var outcomes = [...]string{Undecided: "unknown", Met: "met", NotMet: "not-met", NotApplicable: "not-applicable"}

// String is the name used in verdicts: met, not-met, unknown, not-applicable.
func (o Outcome) String() string { return outcomes[o] }

// MarshalText is String.
func (o Outcome) MarshalText() ([]byte, error) { return []byte(outcomes[o]), nil }

// Require is the outcome of a requirement that holds only under a condition:
// not applicable when the condition is false; met when the requirement is
// fulfilled, be the condition true or not known; otherwise what is certain.
//
//	when\then | F           U           T
//	----------+---------------------------------------
//	 F        | not-applicable (all three)
//	 U        | unknown     unknown     met
//	 T        | not-met     unknown     met
func Require(when, then Truth) Outcome {
	switch {
	case when == False:
		return NotApplicable
	case then == True:
		return Met
	case then == False && when == True:
		return NotMet
	}
	return Undecided
}
