Profile: RegistryDeviceUse
Parent: DeviceUseStatement
Id: registry-device-use
Title: "Use of a device"
Description: "From when until when a device was in use."
* insert Bare
* insert NoExtensions
* insert Pseudonym
* obeys pijnpoort-sid-device-use-statement
* basedOn 0..0
* status MS
* insert About
* derivedFrom 0..0
* timing[x] 0..1 MS
* timing[x] only Period
* recordedOn 0..0
* source 0..0
* device only Reference(RegistryDevice)
* insert Link(device)
* reasonCode 0..0
* reasonReference 0..0
* bodySite 0..0
* note 0..0

Mapping: RegistryDeviceUseToNLCore
Source: RegistryDeviceUse
Target: "http://nictiz.nl/fhir/StructureDefinition/nl-core-MedicalDevice"
Id: nl-core
Title: "nl-core-MedicalDevice"
* -> "nl-core-MedicalDevice"
* status -> "DeviceUseStatement.status"
* subject -> "DeviceUseStatement.subject"
* timing[x] -> "DeviceUseStatement.timingPeriod"
* device -> "DeviceUseStatement.device"
