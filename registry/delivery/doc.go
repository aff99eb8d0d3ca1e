// Package delivery brings registries up to date with what is registered, each change with
// exactly one effect there, whatever crashes in between.
//
// A delivery is the need to tell one target what is registered of one patient, or the report
// of a centre's year (Publish). It is queued in the transaction that changes what there is to
// tell, together with a job of River (https://riverqueue.com). A worker claims it, which gives it a fence; makes the Bundle of
// what there is then; leaves out what the ledger says is there already; sends the
// rest by conditional requests, so that sending again changes nothing; and settles the
// delivery, the ledger, the audit and the job in one transaction. A worker whose fence is
// not the last has lost the delivery, and can settle nothing.
//
// A registry is kept busy: jobs are fetched before it is their turn, and what was sent is
// settled after it, together with what others have to settle at that moment (store.Join).
//
// What the ledger has and the Bundle has not is withdrawn, by what was remembered of it when
// it was sent: so nothing stays there of what is registered, wanted or known no more.
//
// Before anything is sent the ledger notes that the target may have it. So an answer
// that was lost is asked for again, and what was perhaps sent can be withdrawn.
//
//	queued -> sending -> delivered
//	             |-----> retry-wait, unknown (answer lost) -> sending
//	             |-----> suppressed (unchanged, or the patient objects)
//	             '-----> dead (someone must look) -> queued again by redrive
package delivery
