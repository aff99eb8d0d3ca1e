package prom

// The missing rules, by the name that stands in a score's rule id.
const (
	Complete    = "complete"     // no item may be missing
	Max1Missing = "max1-missing" // at most one
	Max2Missing = "max2-missing" // at most two
	Half        = "half"         // at least half of the items answered
	OverHalf    = "over-half"    // more than half of the items answered
	UPitt       = "upitt"        // PSQI: the scoring sheet of the University of Pittsburgh
	Buysse1989  = "buysse-1989"  // PSQI: the boundaries as printed in the article of 1989
)

// missingRules says how many of a score's items may be missing. The answered
// ones stand in for the rest by their mean.
var missingRules = map[string]func(items int) int{
	Complete:    func(int) int { return 0 },
	Max1Missing: func(int) int { return 1 },
	Max2Missing: func(int) int { return 2 },
	Half:        func(items int) int { return items / 2 },
	OverHalf:    func(items int) int { return (items - 1) / 2 },
	UPitt:       func(int) int { return 0 },
	Buysse1989:  func(int) int { return 0 },
}
