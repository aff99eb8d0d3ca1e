Profile: RegistryPatient
Parent: Patient
Id: registry-patient
Title: "Patient under a pseudonym"
Description: "The person, known by a pseudonym that is different for every recipient. The birth date has the precision that the recipient may have: the year, if nothing else is agreed."
* insert Bare
* insert NoExtensions
* insert Pseudonym
* obeys pijnpoort-sid-patient
* active 0..1 MS
* name 0..0
* telecom 0..0
* gender 0..1 MS
* birthDate 0..1 MS
* deceased[x] 0..1 MS
* address 0..0
* maritalStatus 0..0
* multipleBirth[x] 0..0
* photo 0..0
* contact 0..0
* communication 0..0
* generalPractitioner 0..0
* managingOrganization 0..1
* managingOrganization only Reference(RegistryOrganization)
* insert Link(managingOrganization)
* link 0..0

Mapping: RegistryPatientToNLCore
Source: RegistryPatient
Target: "http://nictiz.nl/fhir/StructureDefinition/nl-core-Patient"
Id: nl-core
Title: "nl-core-Patient"
* -> "nl-core-Patient"
* gender -> "Patient.gender"
* birthDate -> "Patient.birthDate, shortened"
* deceased[x] -> "Patient.deceased[x], shortened"
* identifier -> "made from Patient.identifier:bsn, which is not sent"
