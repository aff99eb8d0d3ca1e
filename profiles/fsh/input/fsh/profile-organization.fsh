Profile: RegistryOrganization
Parent: Organization
Id: registry-organization
Title: "Centre or clinic"
Description: "The centre or clinic where the care was given."
* insert Bare
* insert NoExtensions
* identifier 1..* MS
* identifier.use 0..0
* identifier.type 0..0
* identifier.system 1..1 MS
* identifier.value 1..1 MS
* identifier.period 0..0
* identifier.assigner 0..0
* active 1..1 MS
* active = true
* type 0..0
* name 0..1 MS
* alias 0..0
* telecom 0..0
* address 0..0
* partOf 0..0
* contact 0..0
* endpoint 0..0

Mapping: RegistryOrganizationToNLCore
Source: RegistryOrganization
Target: "http://nictiz.nl/fhir/StructureDefinition/nl-core-HealthcareProvider-Organization"
Id: nl-core
Title: "nl-core-HealthcareProvider-Organization"
* -> "nl-core-HealthcareProvider-Organization"
* identifier -> "Organization.identifier:agb or Organization.identifier:ura"
* name -> "Organization.name"
