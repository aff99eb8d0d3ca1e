// The systems of pseudonyms: one per type of resource, ending in the id of the key. The
// one of a patient also names for whom it was made.

Invariant: pijnpoort-sid-patient
Description: "The system of the pseudonym is that of a patient of one recipient."
Severity: #error
Expression: "identifier.system.all(matches('^https://pijnpoort\\\\.example/fhir/sid/patient/[^/]+/[^/]+$'))"

Invariant: pijnpoort-sid-condition
Description: "The system of the pseudonym is that of a condition."
Severity: #error
Expression: "identifier.system.all(matches('^https://pijnpoort\\\\.example/fhir/sid/condition/[^/]+$'))"

Invariant: pijnpoort-sid-observation
Description: "The system of the pseudonym is that of a observation."
Severity: #error
Expression: "identifier.system.all(matches('^https://pijnpoort\\\\.example/fhir/sid/observation/[^/]+$'))"

Invariant: pijnpoort-sid-procedure
Description: "The system of the pseudonym is that of a procedure."
Severity: #error
Expression: "identifier.system.all(matches('^https://pijnpoort\\\\.example/fhir/sid/procedure/[^/]+$'))"

Invariant: pijnpoort-sid-device
Description: "The system of the pseudonym is that of a device."
Severity: #error
Expression: "identifier.system.all(matches('^https://pijnpoort\\\\.example/fhir/sid/device/[^/]+$'))"

Invariant: pijnpoort-sid-device-use-statement
Description: "The system of the pseudonym is that of a device use statement."
Severity: #error
Expression: "identifier.system.all(matches('^https://pijnpoort\\\\.example/fhir/sid/device-use-statement/[^/]+$'))"

Invariant: pijnpoort-sid-medication-statement
Description: "The system of the pseudonym is that of a medication statement."
Severity: #error
Expression: "identifier.system.all(matches('^https://pijnpoort\\\\.example/fhir/sid/medication-statement/[^/]+$'))"

Invariant: pijnpoort-sid-questionnaire-response
Description: "The system of the pseudonym is that of a questionnaire response."
Severity: #error
Expression: "identifier.system.all(matches('^https://pijnpoort\\\\.example/fhir/sid/questionnaire-response/[^/]+$'))"

Invariant: pijnpoort-sid-care-team
Description: "The system of the pseudonym is that of a care team."
Severity: #error
Expression: "identifier.system.all(matches('^https://pijnpoort\\\\.example/fhir/sid/care-team/[^/]+$'))"

Invariant: pijnpoort-sid-encounter
Description: "The system of the pseudonym is that of a encounter."
Severity: #error
Expression: "identifier.system.all(matches('^https://pijnpoort\\\\.example/fhir/sid/encounter/[^/]+$'))"

Invariant: pijnpoort-sid-adverse-event
Description: "The system of the pseudonym is that of a adverse event."
Severity: #error
Expression: "identifier.system.all(matches('^https://pijnpoort\\\\.example/fhir/sid/adverse-event/[^/]+$'))"

Invariant: pijnpoort-sid-charge-item
Description: "The system of the pseudonym is that of a charge item."
Severity: #error
Expression: "identifier.system.all(matches('^https://pijnpoort\\\\.example/fhir/sid/charge-item/[^/]+$'))"

Invariant: pijnpoort-sid-guidance-response
Description: "The system of the pseudonym is that of a guidance response."
Severity: #error
Expression: "identifier.system.all(matches('^https://pijnpoort\\\\.example/fhir/sid/guidance-response/[^/]+$'))"
