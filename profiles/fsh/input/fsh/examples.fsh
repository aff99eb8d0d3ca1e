// An example of every profile, about one patient who does not exist, and the transaction
// that delivers them. Pseudonyms and ids are made from nothing.

Instance: ExampleClinic
InstanceOf: RegistryOrganization
Title: "A clinic"
Usage: #example
* id = "4994706b-b408-5b7b-81ef-3bda4b780eb5"
* meta.profile = "https://pijnpoort.example/fhir/StructureDefinition/registry-organization|1.0.0"
* identifier[0].system = "http://fhir.nl/fhir/NamingSystem/agb-z"
* identifier[0].value = "99999999"
* active = true
* name = "Pijncentrum Voorbeeld"

Instance: ExamplePatient
InstanceOf: RegistryPatient
Title: "A patient"
Usage: #example
* id = "4d8df8ed-5622-5108-a461-32a005f9243a"
* meta.profile = "https://pijnpoort.example/fhir/StructureDefinition/registry-patient|1.0.0"
* identifier[0].system = "https://pijnpoort.example/fhir/sid/patient/example/2026-1"
* identifier[0].value = "09eyMvAw9cHDy9vNr4dmMFSbvX7eZ1pfsPi4hoW0HeQ"
* active = true
* gender = #female
* birthDate = "1968"
* managingOrganization.reference = "urn:uuid:4994706b-b408-5b7b-81ef-3bda4b780eb5"

Instance: ExampleIndication
InstanceOf: RegistryIndication
Title: "An indication"
Usage: #example
* id = "0fffdbc8-fe33-51e9-98a6-b2d49eb92773"
* meta.profile = "https://pijnpoort.example/fhir/StructureDefinition/registry-indication|1.0.0"
* identifier[0].system = "https://pijnpoort.example/fhir/sid/condition/2026-1"
* identifier[0].value = "0ErwHj-A991QroUIJwlPl2CA599X5mhJl6YGBps5so0"
* clinicalStatus = http://terminology.hl7.org/CodeSystem/condition-clinical#active
* verificationStatus = http://terminology.hl7.org/CodeSystem/condition-ver-status#confirmed
* code.coding[own] = https://pijnpoort.example/fhir/CodeSystem/indication#fbss
* code.coding[1] = $snomed#202725007
* subject.reference = "urn:uuid:4d8df8ed-5622-5108-a461-32a005f9243a"
* onsetDateTime = "2021-03"
* recordedDate = "2023-02-14"

Instance: ExamplePain
InstanceOf: RegistryPain
Title: "Pain at intake"
Usage: #example
* id = "41ce805b-58ad-52cb-a02d-9d437ae54684"
* meta.profile = "https://pijnpoort.example/fhir/StructureDefinition/registry-pain|1.0.0"
* identifier[0].system = "https://pijnpoort.example/fhir/sid/observation/2026-1"
* identifier[0].value = "ZIdIuHP3V1aGvPlM83geyQHIE8P45NLNkOgP2h8eq3E"
* extension[window].valueCode = #intake
* status = #final
* category = http://terminology.hl7.org/CodeSystem/observation-category#survey
* code.coding[own] = https://pijnpoort.example/fhir/CodeSystem/measurement#pain-nrs
* code.coding[1] = $loinc#72514-3
* subject.reference = "urn:uuid:4d8df8ed-5622-5108-a461-32a005f9243a"
* effectivePeriod.start = "2024-04-02"
* effectivePeriod.end = "2024-04-05"
* valueQuantity = 7.25 '{score}'
* bodySite = https://pijnpoort.example/fhir/CodeSystem/body-site#leg

Instance: ExampleResponse
InstanceOf: RegistryResponse
Title: "Answers"
Usage: #example
* id = "3c8e206f-b0bd-5b34-92d8-39590a7be33b"
* meta.profile = "https://pijnpoort.example/fhir/StructureDefinition/registry-response|1.0.0"
* identifier.system = "https://pijnpoort.example/fhir/sid/questionnaire-response/2026-1"
* identifier.value = "F7aLPTShXSDUwzo7SmcydL9ohH0rzAh60n5RW079X84"
* questionnaire = "https://pijnpoort.example/fhir/Questionnaire/nrs|1.0.0"
* status = #completed
* subject.reference = "urn:uuid:4d8df8ed-5622-5108-a461-32a005f9243a"
* authored = "2024-04-05"
* item.linkId = "nrs.1"
* item.answer.valueDecimal = 7

Instance: ExampleScore
InstanceOf: RegistryScore
Title: "A score"
Usage: #example
* id = "9c429e21-9d01-58b7-8186-9ebffbfe7574"
* meta.profile = "https://pijnpoort.example/fhir/StructureDefinition/registry-score|1.0.0"
* identifier[0].system = "https://pijnpoort.example/fhir/sid/observation/2026-1"
* identifier[0].value = "GGOG4pjIYE5NoKywbTaXUK5_nkJ3vafKFCglaUei8Wc"
* extension[moment].valueCode = #baseline
* status = #final
* category = http://terminology.hl7.org/CodeSystem/observation-category#survey
* code.coding[own] = https://pijnpoort.example/fhir/CodeSystem/prom-score#nrs.value
* subject.reference = "urn:uuid:4d8df8ed-5622-5108-a461-32a005f9243a"
* effectiveDateTime = "2024-04-05"
* valueQuantity = 7 '{score}'
* method = https://pijnpoort.example/fhir/CodeSystem/prom-rule#nrs.value/complete@1
* derivedFrom.reference = "urn:uuid:3c8e206f-b0bd-5b34-92d8-39590a7be33b"

Instance: ExampleOpioidDose
InstanceOf: RegistryOpioidDose
Title: "A dose that the table leaves open"
Usage: #example
* id = "811c4e16-d58b-5166-9613-fa5db8442f9e"
* meta.profile = "https://pijnpoort.example/fhir/StructureDefinition/registry-opioid-dose|1.0.0"
* identifier[0].system = "https://pijnpoort.example/fhir/sid/observation/2026-1"
* identifier[0].value = "i74DaZC9dHlvVAGzlYN04AhBrc7cO2-mkFw4WGWG2mY"
* status = #final
* code.coding[own] = https://pijnpoort.example/fhir/CodeSystem/measurement#opioid-dose
* subject.reference = "urn:uuid:4d8df8ed-5622-5108-a461-32a005f9243a"
* effectiveDateTime = "2024-04-05"
* valueRange.low = 60 'mg/d'
* valueRange.high = 120 'mg/d'
* method = https://pijnpoort.example/fhir/CodeSystem/med-table#nl-2019

Instance: ExampleBMI
InstanceOf: RegistryBMI
Title: "A body mass index"
Usage: #example
* id = "c4b904ca-688e-5c7f-bbf8-3289660037d7"
* meta.profile = "https://pijnpoort.example/fhir/StructureDefinition/registry-bmi|1.0.0"
* identifier[0].system = "https://pijnpoort.example/fhir/sid/observation/2026-1"
* identifier[0].value = "ayuElJPNby9BiaWwGQe_qZNu6uyMCsJFozHOsXG7skg"
* status = #final
* category = http://terminology.hl7.org/CodeSystem/observation-category#vital-signs
* code.coding[loinc] = $loinc#39156-5
* subject.reference = "urn:uuid:4d8df8ed-5622-5108-a461-32a005f9243a"
* effectiveDateTime = "2024-04-02"
* valueQuantity = 27.4 'kg/m2'

Instance: ExampleAttacks
InstanceOf: RegistryAttacks
Title: "A measurement that was withdrawn"
Usage: #example
* id = "6187fc39-c5f4-5c3c-93d7-f3e00f8c729a"
* meta.profile = "https://pijnpoort.example/fhir/StructureDefinition/registry-attacks|1.0.0"
* identifier[0].system = "https://pijnpoort.example/fhir/sid/observation/2026-1"
* identifier[0].value = "JQcPe8aSe3LWn_a9l5jsd1BCfuOKJol8sTiqjRYZaUw"
* status = #entered-in-error
* code.coding[own] = https://pijnpoort.example/fhir/CodeSystem/measurement#attacks
* subject.reference = "urn:uuid:4d8df8ed-5622-5108-a461-32a005f9243a"

Instance: ExampleDevice
InstanceOf: RegistryDevice
Title: "A neurostimulator"
Usage: #example
* id = "384b03e5-cb5b-5e3e-8b01-344bf4242c49"
* meta.profile = "https://pijnpoort.example/fhir/StructureDefinition/registry-device|1.0.0"
* identifier[0].system = "https://pijnpoort.example/fhir/sid/device/2026-1"
* identifier[0].value = "GPqg3XqSeQbLPjj9T_aJn75GjmhByqwhG40s6-DvSkQ"
* udiCarrier.deviceIdentifier = "00810000000007"
* status = #active
* manufacturer = "Voorbeeld Medical"
* modelNumber = "X-100"
* patient.reference = "urn:uuid:4d8df8ed-5622-5108-a461-32a005f9243a"

Instance: ExampleProcedure
InstanceOf: RegistryProcedure
Title: "An implantation"
Usage: #example
* id = "ec10d061-ba7b-5b94-847d-b2fc19123d77"
* meta.profile = "https://pijnpoort.example/fhir/StructureDefinition/registry-procedure|1.0.0"
* identifier[0].system = "https://pijnpoort.example/fhir/sid/procedure/2026-1"
* identifier[0].value = "IJ7RLUUkh1KK94kI3L01bhUOqNhfsVI4gdhMXaSjttA"
* extension[modality].valueCode = #SCS
* status = #completed
* category = https://pijnpoort.example/fhir/CodeSystem/procedure-kind#implant
* subject.reference = "urn:uuid:4d8df8ed-5622-5108-a461-32a005f9243a"
* performedDateTime = "2024-05-27"
* performer.actor.reference = "urn:uuid:4994706b-b408-5b7b-81ef-3bda4b780eb5"
* performer.function = https://pijnpoort.example/fhir/CodeSystem/intake#anaesthesiologist-pain-specialist
* reasonReference.reference = "urn:uuid:0fffdbc8-fe33-51e9-98a6-b2d49eb92773"
* focalDevice.manipulated.reference = "urn:uuid:384b03e5-cb5b-5e3e-8b01-344bf4242c49"

Instance: ExampleDeviceUse
InstanceOf: RegistryDeviceUse
Title: "A system in use"
Usage: #example
* id = "29178d03-18fe-5794-aabd-9d77cbebcb1c"
* meta.profile = "https://pijnpoort.example/fhir/StructureDefinition/registry-device-use|1.0.0"
* identifier[0].system = "https://pijnpoort.example/fhir/sid/device-use-statement/2026-1"
* identifier[0].value = "fy5O20Dp-88FNS6AZcaekVbiDXh351SB1jIoGxLUtM0"
* status = #active
* subject.reference = "urn:uuid:4d8df8ed-5622-5108-a461-32a005f9243a"
* timingPeriod.start = "2024-05-27"
* device.reference = "urn:uuid:384b03e5-cb5b-5e3e-8b01-344bf4242c49"

Instance: ExampleMedication
InstanceOf: RegistryMedication
Title: "An opioid in use"
Usage: #example
* id = "5c300f15-3686-54ab-8c4d-73f7edbef233"
* meta.profile = "https://pijnpoort.example/fhir/StructureDefinition/registry-medication|1.0.0"
* identifier[0].system = "https://pijnpoort.example/fhir/sid/medication-statement/2026-1"
* identifier[0].value = "sRcwl6YvhF1CcnkzNre4VHva0qmvNFdFwJYrK4saSSM"
* status = #active
* medicationCodeableConcept.coding[0] = https://pijnpoort.example/fhir/CodeSystem/medication-group#opioid
* medicationCodeableConcept.coding[1] = $atc#N02AA05
* subject.reference = "urn:uuid:4d8df8ed-5622-5108-a461-32a005f9243a"
* effectivePeriod.start = "2023-11"

Instance: ExampleCareTeam
InstanceOf: RegistryCareTeam
Title: "A team"
Usage: #example
* id = "121d6ed5-d4ab-57b6-937e-b0e07fcd55f7"
* meta.profile = "https://pijnpoort.example/fhir/StructureDefinition/registry-care-team|1.0.0"
* identifier[0].system = "https://pijnpoort.example/fhir/sid/care-team/2026-1"
* identifier[0].value = "KZ0lVkLj4L2USrJGmi6taS1VKTjFpU5Ty8OhUnNCiho"
* status = #active
* subject.reference = "urn:uuid:4d8df8ed-5622-5108-a461-32a005f9243a"
* participant[0].role = https://pijnpoort.example/fhir/CodeSystem/intake#anaesthesiologist-pain-specialist
* participant[1].role = https://pijnpoort.example/fhir/CodeSystem/intake#clinical-psychologist
* managingOrganization.reference = "urn:uuid:4994706b-b408-5b7b-81ef-3bda4b780eb5"

Instance: ExampleContact
InstanceOf: RegistryContact
Title: "A visit"
Usage: #example
* id = "448b6d67-38dd-5fc1-85dc-09b08aa94782"
* meta.profile = "https://pijnpoort.example/fhir/StructureDefinition/registry-contact|1.0.0"
* identifier[0].system = "https://pijnpoort.example/fhir/sid/encounter/2026-1"
* identifier[0].value = "_j6va1Nm6sND_wNtj11M8rOCWTuOvAG3xjSnOzWUC3Q"
* status = #finished
* class = http://terminology.hl7.org/CodeSystem/v3-ActCode#AMB
* type = https://pijnpoort.example/fhir/CodeSystem/contact-kind#visit
* subject.reference = "urn:uuid:4d8df8ed-5622-5108-a461-32a005f9243a"
* period.start = "2024-08-26"
* period.end = "2024-08-26"
* serviceProvider.reference = "urn:uuid:4994706b-b408-5b7b-81ef-3bda4b780eb5"

Instance: ExampleAdverseEvent
InstanceOf: RegistryAdverseEvent
Title: "A complication"
Usage: #example
* id = "5f18ae7a-6051-5923-81f0-22983ef92447"
* meta.profile = "https://pijnpoort.example/fhir/StructureDefinition/registry-adverse-event|1.0.0"
* identifier.system = "https://pijnpoort.example/fhir/sid/adverse-event/2026-1"
* identifier.value = "djZJQnhbi8Ip4TVZykQVJYFYGndaPwbBKLL5PwPGEjQ"
* actuality = #actual
* event.coding[own] = https://pijnpoort.example/fhir/CodeSystem/complication#lead-migration
* subject.reference = "urn:uuid:4d8df8ed-5622-5108-a461-32a005f9243a"
* date = "2024-09-10"
* seriousness = http://terminology.hl7.org/CodeSystem/adverse-event-seriousness#Non-serious
* suspectEntity.instance.reference = "urn:uuid:384b03e5-cb5b-5e3e-8b01-344bf4242c49"

Instance: ExampleCost
InstanceOf: RegistryCost
Title: "What the material cost"
Usage: #example
* id = "55bd5ef3-5527-5a4e-9b49-9959a0fc254c"
* meta.profile = "https://pijnpoort.example/fhir/StructureDefinition/registry-cost|1.0.0"
* identifier[0].system = "https://pijnpoort.example/fhir/sid/charge-item/2026-1"
* identifier[0].value = "gEbBVYrOOGogM5U6c-YoO_1DAX6gW-59gep9npr7VTU"
* status = #billable
* code = https://pijnpoort.example/fhir/CodeSystem/cost-kind#material
* subject.reference = "urn:uuid:4d8df8ed-5622-5108-a461-32a005f9243a"
* occurrenceDateTime = "2024-05-27"
* priceOverride.value = 18250.00
* priceOverride.currency = #EUR

Instance: ExampleJudgement
InstanceOf: RegistryJudgement
Title: "A judgement"
Usage: #example
* id = "58e17103-5fab-505f-9f08-d3f9a9bf3d51"
* meta.profile = "https://pijnpoort.example/fhir/StructureDefinition/registry-judgement|1.0.0"
* identifier[0].system = "https://pijnpoort.example/fhir/sid/guidance-response/2026-1"
* identifier[0].value = "emNuipTrpQ2Zw4chkFuale2JoG5tCaD2w3X7byYalw4"
* extension[verdict].valueCode = #covered-eligible
* extension[phase].valueCode = #preparation
* extension[modality].valueCode = #SCS
* extension[outcome][0].extension[criterion].valueCode = #incl-age-18
* extension[outcome][0].extension[outcome].valueCode = #met
* extension[outcome][1].extension[criterion].valueCode = #excl-bmi-35
* extension[outcome][1].extension[outcome].valueCode = #unknown
* extension[missing].valueCode = #bmi
* moduleCanonical = "https://pijnpoort.example/fhir/PlanDefinition/standpunt-nva-2021"
* status = #success
* subject.reference = "urn:uuid:4d8df8ed-5622-5108-a461-32a005f9243a"
* occurrenceDateTime = "2024-04-08"
* reasonReference.reference = "urn:uuid:0fffdbc8-fe33-51e9-98a6-b2d49eb92773"

Instance: ExampleProvenance
InstanceOf: RegistryProvenance
Title: "Where a delivery comes from"
Usage: #example
* id = "da51a0e0-260b-536f-b8ff-77c1310a8a56"
* meta.profile = "https://pijnpoort.example/fhir/StructureDefinition/registry-provenance|1.0.0"
* target[+].reference = "urn:uuid:4994706b-b408-5b7b-81ef-3bda4b780eb5"
* target[+].reference = "urn:uuid:4d8df8ed-5622-5108-a461-32a005f9243a"
* target[+].reference = "urn:uuid:0fffdbc8-fe33-51e9-98a6-b2d49eb92773"
* target[+].reference = "urn:uuid:41ce805b-58ad-52cb-a02d-9d437ae54684"
* target[+].reference = "urn:uuid:3c8e206f-b0bd-5b34-92d8-39590a7be33b"
* target[+].reference = "urn:uuid:9c429e21-9d01-58b7-8186-9ebffbfe7574"
* target[+].reference = "urn:uuid:811c4e16-d58b-5166-9613-fa5db8442f9e"
* target[+].reference = "urn:uuid:c4b904ca-688e-5c7f-bbf8-3289660037d7"
* target[+].reference = "urn:uuid:6187fc39-c5f4-5c3c-93d7-f3e00f8c729a"
* target[+].reference = "urn:uuid:384b03e5-cb5b-5e3e-8b01-344bf4242c49"
* target[+].reference = "urn:uuid:ec10d061-ba7b-5b94-847d-b2fc19123d77"
* target[+].reference = "urn:uuid:29178d03-18fe-5794-aabd-9d77cbebcb1c"
* target[+].reference = "urn:uuid:5c300f15-3686-54ab-8c4d-73f7edbef233"
* target[+].reference = "urn:uuid:121d6ed5-d4ab-57b6-937e-b0e07fcd55f7"
* target[+].reference = "urn:uuid:448b6d67-38dd-5fc1-85dc-09b08aa94782"
* target[+].reference = "urn:uuid:5f18ae7a-6051-5923-81f0-22983ef92447"
* target[+].reference = "urn:uuid:55bd5ef3-5527-5a4e-9b49-9959a0fc254c"
* target[+].reference = "urn:uuid:58e17103-5fab-505f-9f08-d3f9a9bf3d51"
* recorded = "2024-09-10T14:03:00+02:00"
* activity = http://terminology.hl7.org/CodeSystem/v3-DataOperation#CREATE
* agent.who.identifier.system = "https://pijnpoort.example/fhir/sid/software"
* agent.who.identifier.value = "pijnpoort|1.0.0"

Instance: ExampleCollection
InstanceOf: RegistryBundle
Title: "A delivery as a collection"
Usage: #example
* id = "example-collection"
* meta.profile = "https://pijnpoort.example/fhir/StructureDefinition/registry-bundle|1.0.0"
* meta.tag.system = "https://pijnpoort.example/fhir/CodeSystem/registry-target"
* meta.tag.code = #example
* identifier.system = "https://pijnpoort.example/fhir/sid/delivery"
* identifier.value = "2f22821e-2c5d-5e80-8bca-0e98ea5e26b5"
* type = #collection
* timestamp = "2024-09-10T14:03:00+02:00"
* entry[+].fullUrl = "urn:uuid:4994706b-b408-5b7b-81ef-3bda4b780eb5"
* entry[=].resource = ExampleClinic
* entry[+].fullUrl = "urn:uuid:4d8df8ed-5622-5108-a461-32a005f9243a"
* entry[=].resource = ExamplePatient
* entry[+].fullUrl = "urn:uuid:0fffdbc8-fe33-51e9-98a6-b2d49eb92773"
* entry[=].resource = ExampleIndication
* entry[+].fullUrl = "urn:uuid:41ce805b-58ad-52cb-a02d-9d437ae54684"
* entry[=].resource = ExamplePain
* entry[+].fullUrl = "urn:uuid:3c8e206f-b0bd-5b34-92d8-39590a7be33b"
* entry[=].resource = ExampleResponse
* entry[+].fullUrl = "urn:uuid:9c429e21-9d01-58b7-8186-9ebffbfe7574"
* entry[=].resource = ExampleScore
* entry[+].fullUrl = "urn:uuid:811c4e16-d58b-5166-9613-fa5db8442f9e"
* entry[=].resource = ExampleOpioidDose
* entry[+].fullUrl = "urn:uuid:c4b904ca-688e-5c7f-bbf8-3289660037d7"
* entry[=].resource = ExampleBMI
* entry[+].fullUrl = "urn:uuid:6187fc39-c5f4-5c3c-93d7-f3e00f8c729a"
* entry[=].resource = ExampleAttacks
* entry[+].fullUrl = "urn:uuid:384b03e5-cb5b-5e3e-8b01-344bf4242c49"
* entry[=].resource = ExampleDevice
* entry[+].fullUrl = "urn:uuid:ec10d061-ba7b-5b94-847d-b2fc19123d77"
* entry[=].resource = ExampleProcedure
* entry[+].fullUrl = "urn:uuid:29178d03-18fe-5794-aabd-9d77cbebcb1c"
* entry[=].resource = ExampleDeviceUse
* entry[+].fullUrl = "urn:uuid:5c300f15-3686-54ab-8c4d-73f7edbef233"
* entry[=].resource = ExampleMedication
* entry[+].fullUrl = "urn:uuid:121d6ed5-d4ab-57b6-937e-b0e07fcd55f7"
* entry[=].resource = ExampleCareTeam
* entry[+].fullUrl = "urn:uuid:448b6d67-38dd-5fc1-85dc-09b08aa94782"
* entry[=].resource = ExampleContact
* entry[+].fullUrl = "urn:uuid:5f18ae7a-6051-5923-81f0-22983ef92447"
* entry[=].resource = ExampleAdverseEvent
* entry[+].fullUrl = "urn:uuid:55bd5ef3-5527-5a4e-9b49-9959a0fc254c"
* entry[=].resource = ExampleCost
* entry[+].fullUrl = "urn:uuid:58e17103-5fab-505f-9f08-d3f9a9bf3d51"
* entry[=].resource = ExampleJudgement
* entry[+].fullUrl = "urn:uuid:da51a0e0-260b-536f-b8ff-77c1310a8a56"
* entry[=].resource = ExampleProvenance

Instance: ExampleClinicSent
InstanceOf: RegistryOrganization
Usage: #inline
* meta.profile = "https://pijnpoort.example/fhir/StructureDefinition/registry-organization|1.0.0"
* identifier[0].system = "http://fhir.nl/fhir/NamingSystem/agb-z"
* identifier[0].value = "99999999"
* active = true
* name = "Pijncentrum Voorbeeld"

Instance: ExamplePatientSent
InstanceOf: RegistryPatient
Usage: #inline
* meta.profile = "https://pijnpoort.example/fhir/StructureDefinition/registry-patient|1.0.0"
* identifier[0].system = "https://pijnpoort.example/fhir/sid/patient/example/2026-1"
* identifier[0].value = "09eyMvAw9cHDy9vNr4dmMFSbvX7eZ1pfsPi4hoW0HeQ"
* active = true
* gender = #female
* birthDate = "1968"
* managingOrganization.reference = "urn:uuid:4994706b-b408-5b7b-81ef-3bda4b780eb5"

Instance: ExampleIndicationSent
InstanceOf: RegistryIndication
Usage: #inline
* meta.profile = "https://pijnpoort.example/fhir/StructureDefinition/registry-indication|1.0.0"
* identifier[0].system = "https://pijnpoort.example/fhir/sid/condition/2026-1"
* identifier[0].value = "0ErwHj-A991QroUIJwlPl2CA599X5mhJl6YGBps5so0"
* clinicalStatus = http://terminology.hl7.org/CodeSystem/condition-clinical#active
* verificationStatus = http://terminology.hl7.org/CodeSystem/condition-ver-status#confirmed
* code.coding[own] = https://pijnpoort.example/fhir/CodeSystem/indication#fbss
* code.coding[1] = $snomed#202725007
* subject.reference = "urn:uuid:4d8df8ed-5622-5108-a461-32a005f9243a"
* onsetDateTime = "2021-03"
* recordedDate = "2023-02-14"

Instance: ExampleTransaction
InstanceOf: RegistryBundle
Title: "A delivery as a transaction: resources have no id, the condition tells which is meant"
Usage: #example
* id = "example-transaction"
* meta.profile = "https://pijnpoort.example/fhir/StructureDefinition/registry-bundle|1.0.0"
* meta.tag.system = "https://pijnpoort.example/fhir/CodeSystem/registry-target"
* meta.tag.code = #example
* identifier.system = "https://pijnpoort.example/fhir/sid/delivery"
* identifier.value = "b3a150d8-7877-58d1-a9ca-19c5f02e7471"
* type = #transaction
* timestamp = "2024-09-10T14:03:00+02:00"
* entry[+].fullUrl = "urn:uuid:4994706b-b408-5b7b-81ef-3bda4b780eb5"
* entry[=].resource = ExampleClinicSent
* entry[=].request.method = #POST
* entry[=].request.url = "Organization"
* entry[=].request.ifNoneExist = "identifier=http%3A%2F%2Ffhir.nl%2Ffhir%2FNamingSystem%2Fagb-z%7C99999999"
* entry[+].fullUrl = "urn:uuid:4d8df8ed-5622-5108-a461-32a005f9243a"
* entry[=].resource = ExamplePatientSent
* entry[=].request.method = #PUT
* entry[=].request.url = "Patient?identifier=https%3A%2F%2Fpijnpoort.example%2Ffhir%2Fsid%2Fpatient%2Fexample%2F2026-1%7C09eyMvAw9cHDy9vNr4dmMFSbvX7eZ1pfsPi4hoW0HeQ"
* entry[+].fullUrl = "urn:uuid:0fffdbc8-fe33-51e9-98a6-b2d49eb92773"
* entry[=].resource = ExampleIndicationSent
* entry[=].request.method = #PUT
* entry[=].request.url = "Condition?identifier=https%3A%2F%2Fpijnpoort.example%2Ffhir%2Fsid%2Fcondition%2F2026-1%7C0ErwHj-A991QroUIJwlPl2CA599X5mhJl6YGBps5so0"
