package normalise

import (
	"regexp"
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

const (
	snomed = "http://snomed.info/sct"
	loinc  = "http://loinc.org"
	atc    = "http://www.whocc.no/atc"
)

// publicSystems are the systems of which any code may leave, with what a code looks like.
// A code says what a thing is and never whose it is, provided that it is one: the forms
// keep out what was typed in the place of a code. Of other public systems the codes
// leave that are on our lists.
var publicSystems = map[string]func(code string) bool{
	snomed:                              isSNOMED,
	loinc:                               matches(`^([0-9]{1,7}|L[AP][0-9]{1,7})-[0-9]$`),
	atc:                                 matches(`^[A-Z]([0-9]{2}([A-Z]([A-Z]([0-9]{2})?)?)?)?$`),
	"http://hl7.org/fhir/sid/icd-10":    isICD10,
	"http://hl7.org/fhir/sid/icd-10-nl": isICD10,
}

var isICD10 = matches(`^[A-Z][0-9][0-9A-Z](\.?[0-9A-Z]{1,4})?$`)

func matches(pattern string) func(string) bool { return regexp.MustCompile(pattern).MatchString }

// coding is a code that may leave.
func coding(c registration.Coding) (encode.Coding, bool) {
	out := encode.Coding{System: c.System, Code: c.Code}
	if id, ours := strings.CutPrefix(c.System, codeSystem("")); ours {
		return out, isOwn(id, c.Code)
	}
	if known := publicSystems[c.System]; known != nil {
		return out, known(c.Code)
	}
	return out, len(terminology.Embedded().Concepts(c.System, c.Code)) > 0
}

// own is a concept of a CodeSystem of ours; absent for a code that is none.
func own(system, code string) encode.Concept {
	if !isOwn(system, code) {
		return encode.Concept{}
	}
	return encode.Concept{Codings: []encode.Coding{{System: codeSystem(system), Code: code}}}
}

// coded is own, and reports a code that is none.
func (b *builder) coded(at place, element, system, code string) encode.Concept {
	concept := own(system, code)
	if code != "" && len(concept.Codings) == 0 {
		b.leave(at, element, "not a code of CodeSystem "+system)
	}
	return concept
}

// extension is an extension of ours with a code of a CodeSystem of ours; none for a code
// that is absent, and one that is none is reported.
func (b *builder) extension(at place, id, system, code string) []encode.Extension {
	if len(b.coded(at, id, system, code).Codings) == 0 {
		return nil
	}
	return []encode.Extension{{URL: extensionURL(id), Code: code}}
}

// codings gives the codes that may leave, sorted and each once, and reports the others.
func (b *builder) codings(at place, list []registration.Coding) []encode.Coding {
	var out []encode.Coding
	for _, c := range list {
		if kept, ok := coding(c); ok {
			out = append(out, kept)
		} else {
			b.leave(at, "codings", "a code of a system that is not sent, or no code of its system")
		}
	}
	slices.SortFunc(out, func(a, b encode.Coding) int { return strings.Compare(a.System+"|"+a.Code, b.System+"|"+b.Code) })
	return slices.Compact(out)
}

// beside adds codings to a concept of ours, those that it has already excepted.
func beside(concept encode.Concept, codings []encode.Coding) encode.Concept {
	for _, c := range codings {
		if !slices.Contains(concept.Codings, c) {
			concept.Codings = append(slices.Clip(concept.Codings), c)
		}
	}
	return concept
}

// isSNOMED reports whether a code is an identifier of a SNOMED CT concept: of a length
// and a partition that exist, with the right check digit (SNOMED CT Release File
// Specification, section 5.6). Other long numbers, such as a BSN, seldom are.
func isSNOMED(code string) bool {
	if len(code) < 6 || len(code) > 18 || !digits.MatchString(code) {
		return false
	}
	if partition := code[len(code)-3 : len(code)-1]; partition != "00" && partition != "10" {
		return false
	}
	check := 0
	for i := range len(code) {
		check = dihedral[check][permutation[i%8][code[len(code)-1-i]-'0']]
	}
	return check == 0
}

var digits = regexp.MustCompile(`^[0-9]+$`)

// dihedral and permutation are the tables of Verhoeff's check digit.
var (
	dihedral = func() (d [10][10]int) {
		for i := range 10 {
			for j := range 10 {
				switch {
				case i < 5 && j < 5:
					d[i][j] = (i + j) % 5
				case i < 5:
					d[i][j] = (i+j)%5 + 5
				case j < 5:
					d[i][j] = (i-j)%5 + 5
				default:
					d[i][j] = (i - j + 5) % 5
				}
			}
		}
		return d
	}()
	permutation = func() (p [8][10]int) {
		p[0] = [10]int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}
		p[1] = [10]int{1, 5, 7, 6, 2, 8, 3, 0, 9, 4}
		for i := 2; i < 8; i++ {
			for j := range 10 {
				p[i][j] = p[i-1][p[1][j]]
			}
		}
		return p
	}()
)
