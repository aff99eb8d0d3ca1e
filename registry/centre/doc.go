// Package centre computes what a pain centre must know and report over a calendar year:
// the volume norms of chapter 3 of the standpunt in every way they can be read, and the
// annual report of annex 3, from a stream of registrations.
//
// Compute goes over the patients once and keeps counts, not patients. What it gives, a
// Report, is plain data: Figures of the year, each with what was counted, what was left
// out and why, and what is missing; Volumes per year, clinic and base; curves and courses
// to draw. Text, CSV and JSON are written from it, and MeasureReports.
//
// The rules of counting:
//   - a year is a calendar year in Europe/Amsterdam, and what happened is of the year in
//     which it began;
//   - a patient counts once in a clinic and once in the centre, which is all clinics
//     together;
//   - what is not done, or entered in error, does not count; what cannot be told, because
//     a date, status or kind lacks, is never counted but makes a count uncertain upward
//     ("possible");
//   - a sum of strata is the whole: what is not known is a stratum of its own, "unknown",
//     and who belongs to several is in "several".
//
// Whether a centre complies is judged by package validation, from the computed volumes
// and what the centre states of itself.
package centre
