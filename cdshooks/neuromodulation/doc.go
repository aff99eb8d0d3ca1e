// Package neuromodulation is the two decision services of Pijnpoort:
//
//   - neuromodulatie-geschiktheid, on the chart of a patient and on orders, says
//     whether neuromodulation is indicated and reimbursed, and what lacks to say so;
//   - neuromodulatie-nazorg, on the chart and at visits, says which care is due after
//     implantation.
//
// Each gives one card at most, and none when there is nothing to do. What it says is
// what package advice says of the same data; what is here turns a call into a chart
// and a verdict into a card. Nothing is ever advised on data of another patient.
package neuromodulation
