package terminology

import "strings"

// The code systems of our tables.
const (
	snomed = "http://snomed.info/sct"
	loinc  = "http://loinc.org"
	atc    = "http://www.whocc.no/atc"
	icd10  = "http://hl7.org/fhir/sid/icd-10"
	icpc   = "http://hl7.org/fhir/sid/icpc-1-nl"
	uzi    = "urn:oid:2.16.840.1.113883.2.4.15.111"
)

// aliases are other names of a system. ICD-10-NL is ICD-10 in Dutch; ICD-10-CM is
// another classification and is no alias.
var aliases = map[string]string{
	"https://snomed.info/sct":                      snomed,
	"urn:oid:2.16.840.1.113883.6.96":               snomed,
	"https://loinc.org":                            loinc,
	"urn:oid:2.16.840.1.113883.6.1":                loinc,
	"https://www.whocc.no/atc":                     atc,
	"http://whocc.no/atc":                          atc,
	"urn:oid:2.16.840.1.113883.6.73":               atc,
	"http://hl7.org/fhir/sid/icd-10-nl":            icd10,
	"urn:oid:2.16.840.1.113883.6.3":                icd10,
	"urn:oid:2.16.840.1.113883.6.3.2":              icd10,
	"urn:oid:2.16.840.1.113883.2.4.4.31.1":         icpc,
	"http://fhir.nl/fhir/NamingSystem/uzi-rolcode": uzi,
}

// canonicalSystem is the name under which our tables hold a system; a bare OID is
// a urn:oid, and an edition of SNOMED CT is SNOMED CT.
func canonicalSystem(system string) string {
	if system != "" && system[0] >= '0' && system[0] <= '2' {
		system = "urn:oid:" + system
	}
	if name, ok := aliases[system]; ok {
		return name
	}
	if strings.HasPrefix(system, snomed+"/") {
		return snomed
	}
	return system
}

// hierarchical systems are those whose codes begin with the code above them.
var hierarchical = map[string]bool{atc: true, icd10: true}

// packed is a code of a hierarchical system in eight bytes, the first letter
// highest, so that the codes above it are its leading bytes. ICD-10 loses its dot
// and a trailing dagger or asterisk. Zero means that it is no such code.
func packed(code string) uint64 {
	var p uint64
	length := 0
	for i := 0; i < len(code); i++ {
		c := code[i]
		switch {
		case c == '.' && i == 3:
			continue
		case (c == '*' || c == '+') && i == len(code)-1 && i >= 3:
			continue
		case c >= 'a' && c <= 'z':
			c -= 'a' - 'A'
		case c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
		default:
			if strings.HasPrefix(code[i:], "†") && i+len("†") == len(code) && i >= 3 {
				i = len(code)
				continue
			}
			return 0
		}
		if length == 8 {
			return 0
		}
		p |= uint64(c) << (56 - 8*length)
		length++
	}
	return p
}

// above cuts a packed code to its first length bytes.
func above(p uint64, length int) uint64 { return p &^ (1<<(64-8*length) - 1) }
