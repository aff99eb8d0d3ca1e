// Package web serves pages for people: the workbench, where one gives data of a patient
// and reads the advice with everything behind it, and the report of the centre.
//
// Pages are made on the server and need no script. What is given to the workbench is
// answered and not kept; nothing of a patient stands in a URL.
package web
