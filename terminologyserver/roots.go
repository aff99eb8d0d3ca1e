package terminologyserver

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/pijnpoort/pijnpoort/mapping/coverage"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

const snomed = "http://snomed.info/sct"

// widened are the concepts of which a kind of one of their codes is an instance too.
//
// Others are left as listed. Among the kinds of a disorder that excludes are those in
// remission or of the opposite nature (thrombophilia among coagulation disorders);
// among implantations are replacements; among products are combinations; a concept
// whose name says that something is not stated ends where a kind states it; a kind of
// measurement is another scale.
var widened = map[terminology.Concept]bool{
	"dx-fbss":                            true,
	"dx-fnss":                            true,
	"dx-crps":                            true,
	"dx-crps1":                           true,
	"dx-crps2":                           true,
	"dx-crps-lower-limb":                 true,
	"dx-crps-upper-limb":                 true,
	"dx-painful-diabetic-polyneuropathy": true,
	"dx-small-fibre-neuropathy":          true,
	"dx-cluster-headache-chronic":        true,
	"dx-myelum-compression":              true,
	"excl-postherpetic-neuralgia":        true,
	"excl-refractory-angina":             true,
	"excl-peripheral-arterial-disease":   true,
	"excl-plexus-lesion":                 true,
	"excl-pregnancy":                     true,
	"gen-body-site-lower-limb":           true,
	"gen-body-site-upper-limb":           true,
	"prior-spine-surgery-lumbar":         true,
	"prior-spine-surgery-cervical":       true,
	"tx-physiotherapy":                   true,
	"tx-psychology-rehab":                true,
	"tx-tens":                            true,
}

// group is a concept with the codes whose kinds are asked for.
type group struct {
	concept terminology.Concept
	roots   []string
}

// groups are all concepts that are widened, with their verified codes.
func groups() []group {
	var list []group
	for _, v := range coverage.VerifiedCodes(snomed) {
		switch {
		case !widened[v.Concept]:
		case len(list) > 0 && list[len(list)-1].concept == v.Concept:
			list[len(list)-1].roots = append(list[len(list)-1].roots, v.Code)
		default:
			list = append(list, group{v.Concept, []string{v.Code}})
		}
	}
	return list
}

// edition tells one state of our lists from another. What was kept for another is not
// used: it was made for other codes.
func edition() string {
	sum := sha256.New()
	for _, v := range coverage.VerifiedCodes(snomed) {
		sum.Write([]byte(string(v.Concept) + " " + v.Code + "\n"))
	}
	for _, g := range groups() {
		sum.Write([]byte(g.concept + "\n"))
	}
	return hex.EncodeToString(sum.Sum(nil)[:16])
}
