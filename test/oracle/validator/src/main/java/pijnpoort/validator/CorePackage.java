package pijnpoort.validator;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.StructureDefinition;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * R4's StructureDefinitions as a package in the home folder: where the validator looks up
 * the elements that an extension may stand on. They are those of HAPI itself.
 */
final class CorePackage {
	private CorePackage() {}

	static void write(FhirContext fhir) throws IOException {
		Path folder = Path.of(System.getProperty("user.home"), ".fhir/packages/hl7.fhir.r4.core#4.0.1/package");
		Path manifest = folder.resolve("package.json");
		if (Files.exists(manifest)) {
			return;
		}
		Files.createDirectories(folder);
		for (IBaseResource resource : new DefaultProfileValidationSupport(fhir).fetchAllStructureDefinitions()) {
			StructureDefinition definition = (StructureDefinition) resource;
			Files.writeString(
					folder.resolve("StructureDefinition-" + definition.getIdElement().getIdPart() + ".json"),
					fhir.newJsonParser().encodeResourceToString(definition));
		}
		Files.writeString(
				manifest,
				"{\"name\":\"hl7.fhir.r4.core\",\"version\":\"4.0.1\",\"fhirVersions\":[\"4.0.1\"],\"type\":\"Core\"}");
	}
}
