Profile: RegistryProvenance
Parent: Provenance
Id: registry-provenance
Title: "Provenance of a delivery"
Description: "By which software the resources of a bundle were made, and how recent their newest source is."
* insert Bare
* insert NoExtensions
* target MS
* target.reference 1..1 MS
* target.display 0..0
* occurred[x] 0..0
* recorded MS
* policy 0..0
* location 0..0
* reason 0..0
* activity 0..1
* insert Codes(activity)
* activity.coding 1..1
* activity.coding.system = "http://terminology.hl7.org/CodeSystem/v3-DataOperation"
* activity.coding.code = #CREATE
* agent 1..1 MS
* agent.type 0..0
* agent.role 0..0
* agent.who MS
* agent.who.reference 0..0
* agent.who.identifier 1..1 MS
* agent.who.identifier.system 1..1
* agent.who.identifier.system = "https://pijnpoort.example/fhir/sid/software"
* agent.who.identifier.value 1..1
* agent.who.display 0..0
* agent.onBehalfOf 0..0
* entity 0..0
* signature 0..0
