package pijnpoort.fhirserver;

/** Where the server keeps its resources: a JDBC URL of H2. */
record Database(String url) {}
