Profile: RegistryCareTeam
Parent: CareTeam
Id: registry-care-team
Title: "Team"
Description: "The roles that are filled in the team that sets the indication. It names nobody."
* insert Bare
* insert NoExtensions
* insert Pseudonym
* obeys pijnpoort-sid-care-team
* status 1..1 MS
* category 0..0
* name 0..0
* insert About
* encounter 0..0
* period 0..0
* participant MS
* participant.role 1..1
* insert Codes(participant.role)
* participant.role from IntakeValues (required)
* participant.member 0..0
* participant.onBehalfOf 0..0
* participant.period 0..0
* reasonCode 0..0
* reasonReference 0..0
* managingOrganization 0..1
* managingOrganization only Reference(RegistryOrganization)
* insert Link(managingOrganization)
* telecom 0..0
* note 0..0

Mapping: RegistryCareTeamToNLCore
Source: RegistryCareTeam
Target: "http://nictiz.nl/fhir/StructureDefinition/nl-core-CareTeam"
Id: nl-core
Title: "nl-core-CareTeam"
* -> "nl-core-CareTeam"
* status -> "CareTeam.status"
* subject -> "CareTeam.subject"
* participant.role -> "CareTeam.participant:healthcareProfessional, the role only"
