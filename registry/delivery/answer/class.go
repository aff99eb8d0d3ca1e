package answer

import "net/http"

// Class says what to do after an answer.
type Class uint8

// The classes, from good to bad.
const (
	// Unknown: there is no answer that can be trusted. It may or may not have been
	// done; since requests are conditional it is safe to send it again.
	Unknown Class = iota
	// Delivered: it has been done.
	Delivered
	// Retry: the same may be taken later.
	Retry
	// Split: it was too large; smaller parts may be taken.
	Split
	// Permanent: this content will never be taken. Someone must look at it.
	Permanent
	// Refused: the server as a whole does not take what we send, whatever the content:
	// no authorisation, or not the right address. Nothing more should be sent for now.
	Refused
)

var names = map[Class]string{Unknown: "unknown", Delivered: "delivered", Retry: "retry", Split: "split", Permanent: "permanent", Refused: "refused"}

// String is the name of the class, as in metrics.
func (c Class) String() string { return names[c] }

// byStatus classes the statuses that need no further reading. What is not in it is
// classed by its hundred.
var byStatus = map[int]Class{
	http.StatusNotModified:                   Permanent, // of a whole request it makes no sense; of an entry see entryStatus
	http.StatusBadRequest:                    Permanent,
	http.StatusUnauthorized:                  Refused,
	http.StatusForbidden:                     Refused,
	http.StatusNotFound:                      Refused, // no FHIR server at this address
	http.StatusMethodNotAllowed:              Refused,
	http.StatusNotAcceptable:                 Refused,
	http.StatusProxyAuthRequired:             Refused,
	http.StatusRequestTimeout:                Retry,
	http.StatusConflict:                      Retry, // servers report races so; see byCode for those that are none
	http.StatusRequestEntityTooLarge:         Split,
	http.StatusUnsupportedMediaType:          Refused,
	http.StatusMisdirectedRequest:            Refused,
	http.StatusLocked:                        Retry,
	http.StatusFailedDependency:              Retry, // another entry failed
	http.StatusTooEarly:                      Retry,
	http.StatusTooManyRequests:               Retry,
	http.StatusNotImplemented:                Refused,
	http.StatusHTTPVersionNotSupported:       Refused,
	http.StatusNetworkAuthenticationRequired: Refused,
}

// entryStatus are the statuses that mean something else for one entry of a batch: what
// is refused or not found there says nothing of the server as a whole.
var entryStatus = map[int]Class{
	http.StatusNotModified:          Delivered, // it was there already
	http.StatusForbidden:            Permanent, // a right on this type is lacking
	http.StatusNotFound:             Permanent,
	http.StatusMethodNotAllowed:     Permanent,
	http.StatusNotAcceptable:        Permanent,
	http.StatusUnsupportedMediaType: Permanent,
	http.StatusNotImplemented:       Permanent,
}

// byCode are the codes of OperationOutcome.issue that say more than the statuses in
// moreByCode do (http://hl7.org/fhir/R4/valueset-issue-type.html).
var byCode = map[string]Class{
	"too-long": Split, "too-costly": Split,
	"transient": Retry, "lock-error": Retry, "no-store": Retry, "timeout": Retry, "incomplete": Retry, "throttled": Retry,
	"login": Refused, "expired": Refused, "suppressed": Refused,
	"invalid": Permanent, "structure": Permanent, "required": Permanent, "value": Permanent, "invariant": Permanent,
	"not-supported": Permanent, "duplicate": Permanent, "multiple-matches": Permanent, "code-invalid": Permanent,
	"extension": Permanent, "business-rule": Permanent,
}

// moreByCode are the statuses for which the codes decide, when all of them agree.
var moreByCode = map[int]bool{
	http.StatusBadRequest: true, http.StatusConflict: true, http.StatusNotFound: true, http.StatusForbidden: true,
	http.StatusPreconditionFailed: true, http.StatusUnprocessableEntity: true, http.StatusInternalServerError: true,
}

// permanentNever are statuses that no code makes permanent: the server itself failed.
var permanentNever = map[int]bool{http.StatusInternalServerError: true}

// classOf classes an answer, or an entry of one, by its status and its issues.
func classOf(status int, issues []issue, entry bool) Class {
	class, known := byStatus[status]
	switch {
	case known:
	case status >= 200 && status < 300:
		class = Delivered
	case status >= 300 && status < 400:
		class = Refused // redirects are not followed: the address must be mended
	case status >= 400 && status < 500:
		class = Permanent
	case status >= 500 && status < 600:
		class = Retry
	default:
		return Unknown
	}
	if entry {
		if of, other := entryStatus[status]; other {
			class = of
		}
	}
	if moreByCode[status] {
		if of, agreed := agreement(issues); agreed && (of != Permanent || !permanentNever[status]) {
			class = of
		}
	}
	return class
}

// agreement is the class that all issues that are errors have; false when there are
// none, or they differ, or one says nothing.
func agreement(issues []issue) (class Class, agreed bool) {
	for _, i := range issues {
		if !i.bad() {
			continue
		}
		of, known := byCode[i.Code]
		if !known || agreed && of != class {
			return Unknown, false
		}
		class, agreed = of, true
	}
	return class, agreed
}
