//go:build oracle

package cql

import (
	"fmt"
	"regexp"
)

// explanation is a difference between the two sides that is known, and why it is
// there. Every one is met by a case of TestBoundaries, so that it goes when the
// difference is gone.
type explanation struct {
	difference string // a regular expression on what difference gives
	reason     string
}

var explained = []explanation{}

// difference names a difference between the two sides.
func difference(where, ours, theirs string) string {
	return fmt.Sprintf("%s: ours %s, CQL %s", where, ours, theirs)
}

// explains finds the place of the explanation of a difference; -1 when there is none.
func explains(difference string) int {
	for i := range explained {
		if regexp.MustCompile(explained[i].difference).MatchString(difference) {
			return i
		}
	}
	return -1
}

// follows matches the differences that follow from others in the same patient.
var follows = regexp.MustCompile(`^flags:|(^| )verdict:|-cons-before-implant:|-minvasive-after-cons:`)

// unexplained are the differences in one patient that no explanation covers.
func unexplained(differences []string) []string {
	var covered bool
	var rest []string
	for _, d := range differences {
		if explains(d) >= 0 {
			covered = true
		} else {
			rest = append(rest, d)
		}
	}
	if !covered {
		return rest
	}
	var own []string
	for _, d := range rest {
		if !follows.MatchString(d) {
			own = append(own, d)
		}
	}
	return own
}
