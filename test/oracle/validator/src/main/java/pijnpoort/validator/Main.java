package pijnpoort.validator;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Validates FHIR R4 resources with HAPI's validator, all in one run.
 *
 * <p>Usage: {@code Main REPORT DEFINITIONS... -- PATH...}. The definitions are folders of
 * conformance resources in JSON, which the validator knows beside those of R4 itself. Each
 * path is a file or folder with resources in JSON to validate. REPORT becomes a JSON array
 * with an object per message: file, severity, location, rule and message; a resource without
 * messages has one of severity "none", so that the report counts what was read. The exit
 * status says only whether there is a report.
 */
public final class Main {
	private Main() {}

	public static void main(String[] args) throws IOException {
		List<String> list = List.of(args);
		int divide = list.indexOf("--");
		if (divide < 2) {
			System.err.println("usage: REPORT DEFINITIONS... -- PATH...");
			System.exit(2);
		}
		FhirContext fhir = FhirContext.forR4();
		CorePackage.write(fhir);
		Checker checker = new Checker(fhir, files(list.subList(1, divide)));
		ArrayNode report = new ObjectMapper().createArrayNode();
		for (Path file : files(list.subList(divide + 1, list.size()))) {
			checker.check(file, report);
		}
		new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(Path.of(args[0]).toFile(), report);
	}

	/** The JSON files at the paths, in the order of their names. */
	private static List<Path> files(List<String> paths) throws IOException {
		List<Path> files = new ArrayList<>();
		for (String path : paths) {
			try (Stream<Path> below = Files.walk(Path.of(path))) {
				below.filter(file -> file.toString().endsWith(".json")).sorted().forEach(files::add);
			}
		}
		return files;
	}
}
