Profile: RegistryBundle
Parent: Bundle
Id: registry-bundle
Title: "Normalised bundle"
Description: "What a registry receives at once: about one patient, all there is or what changed, or the report of a centre's year. Every entry claims one of the registry profiles; the order is fixed, and the same data give the same bytes."
* obeys pijnpoort-one-patient and pijnpoort-claimed and pijnpoort-requests and pijnpoort-distinct and pijnpoort-resolved
* meta 1..1 MS
* meta.profile 1..1 MS
* meta.security 0..0
* meta.tag 1..1 MS
* meta.tag.display 0..0
* implicitRules 0..0
* language 0..0
* identifier 1..1 MS
* identifier.system 1..1 MS
* identifier.system = "https://pijnpoort.example/fhir/sid/delivery"
* identifier.value 1..1 MS
* type MS
* type from RegistryBundleType (required)
* timestamp 0..1 MS
* total 0..0
* link 0..0
* entry 1..* MS
* entry.link 0..0
* entry.fullUrl 0..1 MS
* entry.resource 0..1 MS
* entry.search 0..0
* entry.request 0..1 MS
* entry.request.ifNoneMatch 0..0
* entry.request.ifModifiedSince 0..0
* entry.request.ifMatch 0..0
* entry.response 0..0
* signature 0..0

ValueSet: RegistryBundleType
Id: registry-bundle-type
Title: "Shapes of a delivery"
Description: "How a registry takes resources."
* http://hl7.org/fhir/bundle-type#collection
* http://hl7.org/fhir/bundle-type#transaction
* http://hl7.org/fhir/bundle-type#batch

Invariant: pijnpoort-one-patient
Description: "A bundle is about one patient, or about none."
Severity: #error
Expression: "entry.resource.ofType(Patient).count() <= 1"

Invariant: pijnpoort-claimed
Description: "Every resource claims one registry profile."
Severity: #error
Expression: "entry.resource.all(meta.profile.count() = 1 and meta.profile.all($this.startsWith('https://pijnpoort.example/fhir/StructureDefinition/registry-')))"

Invariant: pijnpoort-requests
Description: "An entry of a transaction or batch has a request and, unless it is a removal, a resource; one of a collection has a resource only."
Severity: #error
Expression: "iif(type = 'collection', entry.all(request.empty() and resource.exists() and fullUrl.exists()), entry.all(request.exists() and (resource.exists() or request.method = 'DELETE')))"

Invariant: pijnpoort-distinct
Description: "No two entries ask for the same: servers answer that in different ways."
Severity: #error
Expression: "entry.request.select(method & ' ' & url & ' ' & ifNoneExist).isDistinct()"

Invariant: pijnpoort-resolved
Description: "What a resource refers to stands in the same bundle."
Severity: #error
Expression: "entry.resource.descendants().reference.where($this.startsWith('urn:uuid:')).subsetOf(%resource.entry.fullUrl)"
