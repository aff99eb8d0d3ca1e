// What the profiles of the registry have in common: they allow what is sent and nothing
// else. A registry resource has no words (narrative, notes, displays), nothing contained,
// and no identifier but its pseudonym.

Alias: $ucum = http://unitsofmeasure.org
Alias: $loinc = http://loinc.org
Alias: $snomed = http://snomed.info/sct
Alias: $atc = http://www.whocc.no/atc
Alias: $absent = http://hl7.org/fhir/StructureDefinition/data-absent-reason

// Bare: no words, no tags. Version and time of last update are a server's to set.
RuleSet: Bare
* insert BareButTags
* meta.tag 0..0

RuleSet: BareButTags
* obeys pijnpoort-no-words and pijnpoort-own-extensions
* meta 1..1 MS
* meta.profile 1..1 MS
* meta.security 0..0
* implicitRules 0..0
* language 0..0
* text 0..0
* contained 0..0
* modifierExtension 0..0

RuleSet: NoExtensions
* extension 0..0

// An identifier is a pseudonym: a system of ours that names the key, and 43 characters.
RuleSet: Pseudonym
* identifier 1..2 MS
* insert PseudonymParts

RuleSet: OnePseudonym
* identifier 1..1 MS
* insert PseudonymParts

RuleSet: PseudonymParts
* identifier.use 0..0
* identifier.type 0..0
* identifier.system 1..1 MS
* identifier.value 1..1 MS
* identifier.value obeys pijnpoort-pseudonym
* identifier.period 0..0
* identifier.assigner 0..0

RuleSet: Codes(path)
* {path} MS
* {path}.text 0..0
* {path}.coding 1..* MS
* {path}.coding obeys pijnpoort-public
* {path}.coding.system 1..1 MS
* {path}.coding.version 0..0
* {path}.coding.code 1..1 MS
* {path}.coding.display 0..0
* {path}.coding.userSelected 0..0

RuleSet: Link(path)
* {path} MS
* {path}.reference 1..1 MS
* {path}.type 0..0
* {path}.identifier 0..0
* {path}.display 0..0

RuleSet: About
* subject 1..1
* subject only Reference(RegistryPatient)
* insert Link(subject)

// Own: one coding of ours in front, then those of public systems. What was entered in error
// may have lost its code.
RuleSet: Own(path, valueset)
* {path} obeys pijnpoort-own-code
* {path}.coding ^slicing.discriminator.type = #value
* {path}.coding ^slicing.discriminator.path = "system"
* {path}.coding ^slicing.rules = #open
* {path}.coding contains own 0..1 MS
* {path}.coding[own] from {valueset} (required)
* {path}.coding[own].system 1..1

RuleSet: Amount(path)
* {path} MS
* {path}.value 1..1 MS
* {path}.comparator 0..0
* {path}.system 1..1 MS
* {path}.system = $ucum
* {path}.code 1..1 MS

Invariant: pijnpoort-no-words
Description: "Nothing in a registry resource is meant for reading: no narrative, display or text."
Severity: #error
Expression: "descendants().display.empty() and descendants().text.empty()"

Invariant: pijnpoort-own-extensions
Description: "Extensions are those of Pijnpoort, or the reason why a datum is absent."
Severity: #error
Expression: "descendants().extension.all(url.startsWith('https://pijnpoort.example/fhir/StructureDefinition/') or url in ('criterion' | 'outcome') or url = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason')"

Invariant: pijnpoort-pseudonym
Description: "A pseudonym is the base64url form of 32 bytes."
Severity: #error
Expression: "matches('^[A-Za-z0-9_-]{43}$')"

Invariant: pijnpoort-own-code
Description: "The code is one of ours, unless the resource was entered in error."
Severity: #error
Expression: "coding.where(system.startsWith('https://pijnpoort.example/fhir/CodeSystem/')).exists() or coding.where(code = 'unknown').exists()"

Invariant: pijnpoort-public
Description: "Codes are of Pijnpoort or of a public system: a hospital's own codes may tell who the patient is."
Severity: #error
Expression: "system.startsWith('https://pijnpoort.example/fhir/CodeSystem/') or system.startsWith('http://terminology.hl7.org/CodeSystem/') or system in ('http://snomed.info/sct' | 'http://loinc.org' | 'http://www.whocc.no/atc' | 'http://hl7.org/fhir/sid/icd-10' | 'http://hl7.org/fhir/sid/icd-10-nl' | 'http://hl7.org/fhir/sid/icpc-1-nl' | 'urn:oid:2.16.840.1.113883.2.4.4.1' | 'urn:oid:2.16.840.1.113883.2.4.4.7' | 'urn:oid:2.16.840.1.113883.2.4.4.10' | 'urn:oid:2.16.840.1.113883.2.4.3.27.15.5' | 'urn:oid:2.16.840.1.113883.2.4.3.120.5.1' | 'urn:oid:2.16.840.1.113883.2.4.3.120.5.2' | 'urn:oid:2.16.840.1.113883.2.4.3.120.5.3')"
