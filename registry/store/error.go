package store

import "errors"

// The errors that callers tell apart. None holds data of a patient.
var (
	ErrNotFound  = errors.New("store: not found")
	ErrFenced    = errors.New("store: another worker has taken over since")
	ErrBusy      = errors.New("store: an earlier delivery of the patient to the target is still open")
	ErrFinished  = errors.New("store: the delivery is finished")
	ErrState     = errors.New("store: the delivery is in a state that does not allow it")
	ErrOlder     = errors.New("store: a report that was counted later is kept already")
	ErrDelivered = errors.New("store: a registry still holds data of the patient; opt out first, or force it")
	ErrNotEmpty  = errors.New("store: the database already holds data")
	ErrIdentity  = errors.New("store: the identifiers belong to different patients: in some system they have different values")
	ErrTwo       = errors.New("store: the identifiers belong to two patients who are kept, and the sender does not say that they are one")
	ErrAnonymous = errors.New("store: a patient without identifier cannot be kept")
	ErrKeys      = errors.New("store: the keys are not those this database was made with")
)
