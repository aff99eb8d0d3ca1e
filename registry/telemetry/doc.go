// Package telemetry makes visible what the program does: metrics for Prometheus, and
// traces for OpenTelemetry. Neither carries data of a patient: labels are names of routes,
// services and targets, and of spans only attributes on a list are exported.
package telemetry
