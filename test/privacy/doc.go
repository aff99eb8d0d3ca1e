// Package privacy shows that what tells who a patient is stays in the hospital: inputs
// are filled with marks wherever words, numbers and names can stand, and no mark may be
// in what a registry gets, in a log or in an error.
package privacy
