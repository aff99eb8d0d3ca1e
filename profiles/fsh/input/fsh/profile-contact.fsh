Profile: RegistryContact
Parent: Encounter
Id: registry-contact
Title: "Contact"
Description: "A visit or contact of aftercare."
* insert Bare
* insert NoExtensions
* insert Pseudonym
* obeys pijnpoort-sid-encounter
* status MS
* statusHistory 0..0
* class MS
* class from RegistryContactClass (required)
* class.system 1..1 MS
* class.version 0..0
* class.code 1..1 MS
* class.display 0..0
* classHistory 0..0
* type 0..1
* insert Codes(type)
* type from ContactKindValues (required)
* serviceType 0..0
* priority 0..0
* insert About
* episodeOfCare 0..0
* basedOn 0..0
* participant 0..0
* appointment 0..0
* period 0..1 MS
* length 0..0
* reasonCode 0..0
* reasonReference 0..0
* diagnosis 0..0
* account 0..0
* hospitalization 0..0
* location 0..0
* serviceProvider 0..1
* serviceProvider only Reference(RegistryOrganization)
* insert Link(serviceProvider)
* partOf 0..0

Mapping: RegistryContactToNLCore
Source: RegistryContact
Target: "http://nictiz.nl/fhir/StructureDefinition/nl-core-Encounter"
Id: nl-core
Title: "nl-core-Encounter"
* -> "nl-core-Encounter"
* class -> "Encounter.class"
* subject -> "Encounter.subject"
* period -> "Encounter.period"
* serviceProvider -> "Encounter.serviceProvider"
