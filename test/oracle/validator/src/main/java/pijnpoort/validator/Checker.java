package pijnpoort.validator;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport.IssueSeverity;
import ca.uhn.fhir.parser.StrictErrorHandler;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.SingleValidationMessage;
import com.fasterxml.jackson.databind.node.ArrayNode;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.UnknownCodeSystemWarningValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.Enumerations;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ConceptSetComponent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * HAPI's validator, knowing R4 and the definitions it is given, as strict as it can be:
 * profiles and extensions it does not know are errors.
 *
 * <p>Codes of systems whose content is not at hand (SNOMED CT, LOINC, ATC, ICD-10 and the
 * Dutch tables) cannot be looked up: each gives a warning that names the system, which the
 * reader of the report has to expect. Codes of our own systems, of R4's and of UCUM are
 * looked up, and an unknown one is an error.
 */
final class Checker {
	private final FhirContext fhir;
	private final FhirValidator validator;
	private final FhirValidator validatorOfSets;

	Checker(FhirContext fhir, List<Path> definitions) throws IOException {
		this.fhir = fhir;
		Definitions ours = new Definitions(fhir);
		Definitions named = new Definitions(fhir);
		for (Path file : definitions) {
			IBaseResource resource = fhir.newJsonParser()
					.setParserErrorHandler(new StrictErrorHandler())
					.parseResource(Files.readString(file));
			ours.addResource(resource);
			if (resource instanceof ValueSet set) {
				set.getCompose().getInclude().stream()
						.map(ConceptSetComponent::getSystem)
						.filter(system -> system != null && system.startsWith("urn:oid:"))
						.forEach(system -> named.addResource(absent(system)));
			}
		}
		validator = validator(ours);
		validatorOfSets = validator(ours, named);
	}

	/**
	 * A CodeSystem whose content is not at hand. HAPI cannot validate a ValueSet of a system
	 * that is named by an OID and is not there (HAPI-0650), so such systems are there for the
	 * validation of ValueSets.
	 */
	private static CodeSystem absent(String system) {
		CodeSystem named = new CodeSystem();
		named.setUrl(system)
				.setStatus(Enumerations.PublicationStatus.ACTIVE)
				.setContent(CodeSystem.CodeSystemContentMode.NOTPRESENT);
		return named;
	}

	private FhirValidator validator(IValidationSupport... definitions) {
		UnknownCodeSystemWarningValidationSupport unknown = new UnknownCodeSystemWarningValidationSupport(fhir);
		unknown.setNonExistentCodeSystemSeverity(IssueSeverity.WARNING);
		ValidationSupportChain chain = new ValidationSupportChain(definitions);
		chain.addValidationSupport(new DefaultProfileValidationSupport(fhir));
		chain.addValidationSupport(new CommonCodeSystemsTerminologyService(fhir));
		chain.addValidationSupport(new InMemoryTerminologyServerValidationSupport(fhir));
		chain.addValidationSupport(new SnapshotGeneratingValidationSupport(fhir));
		chain.addValidationSupport(unknown);
		FhirInstanceValidator instance = new FhirInstanceValidator(chain);
		instance.setErrorForUnknownProfiles(true);
		instance.setAnyExtensionsAllowed(false);
		return fhir.newValidator().registerValidatorModule(instance);
	}

	/** Adds the messages about the resource in a file to a report. */
	void check(Path file, ArrayNode report) throws IOException {
		List<SingleValidationMessage> messages;
		try {
			String document = Files.readString(file);
			boolean set = fhir.newJsonParser().parseResource(document) instanceof ValueSet;
			messages = (set ? validatorOfSets : validator).validateWithResult(document).getMessages();
		} catch (RuntimeException e) { // not a resource at all
			report.addObject()
					.put("file", file.toString())
					.put("severity", "fatal")
					.put("message", e.getMessage());
			return;
		}
		for (SingleValidationMessage message : messages) {
			report.addObject()
					.put("file", file.toString())
					.put("severity", message.getSeverity().getCode())
					.put("location", message.getLocationString())
					.put("rule", message.getMessageId())
					.put("message", message.getMessage());
		}
		if (messages.isEmpty()) {
			report.addObject().put("file", file.toString()).put("severity", "none");
		}
	}
}
