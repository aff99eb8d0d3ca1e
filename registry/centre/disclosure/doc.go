// Package disclosure withholds counts that are so small that they may tell of a person,
// and further ones from which these could be computed (complementary suppression).
//
// What is protected is a count of 1 to 4 in a set of counts that are tied by sums. A
// reader is supposed to know all sums, how the withholding works, and that what is
// withheld is at least 1, unless a 0 had to be withheld too. Against that reader no count of 1 to 4 can be known exactly.
// What a reader may learn from other reports, or by comparing years, is not weighed.
package disclosure
