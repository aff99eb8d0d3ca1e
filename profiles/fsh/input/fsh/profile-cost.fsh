Profile: RegistryCost
Parent: ChargeItem
Id: registry-cost
Title: "Cost"
Description: "An amount that was charged or paid. nl-core has no profile for it."
* insert Bare
* insert NoExtensions
* insert Pseudonym
* obeys pijnpoort-sid-charge-item
* definitionUri 0..0
* definitionCanonical 0..0
* status MS
* partOf 0..0
* code 1..1
* insert Codes(code)
* code from CostKindValues (required)
* insert About
* context 0..0
* occurrence[x] 0..1 MS
* occurrence[x] only dateTime
* performer 0..0
* performingOrganization 0..0
* requestingOrganization 0..0
* costCenter 0..0
* quantity 0..0
* bodysite 0..0
* factorOverride 0..0
* priceOverride 0..1 MS
* priceOverride.value 1..1 MS
* priceOverride.currency 1..1 MS
* overrideReason 0..0
* enterer 0..0
* enteredDate 0..0
* reason 0..0
* service 0..0
* product[x] 0..0
* account 0..0
* note 0..0
* supportingInformation 0..0
