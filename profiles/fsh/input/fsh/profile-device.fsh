Profile: RegistryDevice
Parent: Device
Id: registry-device
Title: "Device"
Description: "A neurostimulator or a part of one. Its serial number is sent as a pseudonym only."
* insert Bare
* insert NoExtensions
* insert Pseudonym
* obeys pijnpoort-sid-device
* definition 0..0
* udiCarrier 0..1 MS
* udiCarrier.deviceIdentifier 1..1 MS
* udiCarrier.issuer 0..0
* udiCarrier.jurisdiction 0..0
* udiCarrier.carrierAIDC 0..0
* udiCarrier.carrierHRF 0..0
* udiCarrier.entryType 0..0
* status MS
* statusReason 0..0
* distinctIdentifier 0..0
* manufacturer 0..1 MS
* manufactureDate 0..0
* expirationDate 0..0
* lotNumber 0..0
* serialNumber 0..0
* deviceName 0..0
* modelNumber 0..1 MS
* partNumber 0..0
* type 0..1
* insert Codes(type)
* specialization 0..0
* version 0..0
* property 0..0
* patient 0..1
* patient only Reference(RegistryPatient)
* insert Link(patient)
* owner 0..0
* contact 0..0
* location 0..0
* url 0..0
* note 0..0
* safety 0..0
* parent 0..0

Mapping: RegistryDeviceToNLCore
Source: RegistryDevice
Target: "http://nictiz.nl/fhir/StructureDefinition/nl-core-MedicalDevice.Product"
Id: nl-core
Title: "nl-core-MedicalDevice.Product"
* -> "nl-core-MedicalDevice.Product"
* udiCarrier -> "Device.udiCarrier, the device identifier only"
* manufacturer -> "Device.manufacturer"
* modelNumber -> "Device.modelNumber"
* type -> "Device.type"
* patient -> "Device.patient"
