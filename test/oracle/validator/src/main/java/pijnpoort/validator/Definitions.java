package pijnpoort.validator;

import ca.uhn.fhir.context.FhirContext;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.MetadataResource;

import java.util.HashMap;
import java.util.Map;

/** Conformance resources that are found by their canonical, with the version behind it or without. */
final class Definitions extends PrePopulatedValidationSupport {
	private final Map<String, MetadataResource> byURL = new HashMap<>();

	Definitions(FhirContext fhir) {
		super(fhir);
	}

	@Override
	public void addResource(IBaseResource resource) {
		super.addResource(resource);
		if (resource instanceof MetadataResource definition) {
			byURL.put(definition.getUrl(), definition);
		}
	}

	@Override
	public IBaseResource fetchStructureDefinition(String canonical) {
		return right(canonical, super.fetchStructureDefinition(url(canonical)));
	}

	@Override
	public IBaseResource fetchValueSet(String canonical) {
		return right(canonical, super.fetchValueSet(url(canonical)));
	}

	@Override
	public IBaseResource fetchCodeSystem(String canonical) {
		return right(canonical, super.fetchCodeSystem(url(canonical)));
	}

	@Override
	public <T extends IBaseResource> T fetchResource(Class<T> type, String canonical) {
		MetadataResource found = byURL.get(url(canonical));
		return type == null || !type.isInstance(found) ? null : right(canonical, type.cast(found));
	}

	private static String url(String canonical) {
		int bar = canonical.indexOf('|');
		return bar < 0 ? canonical : canonical.substring(0, bar);
	}

	/** The resource, when it has the version that was asked for. */
	private static <T extends IBaseResource> T right(String canonical, T found) {
		int bar = canonical.indexOf('|');
		boolean asked = bar < 0
				|| found instanceof MetadataResource resource
						&& canonical.substring(bar + 1).equals(resource.getVersion());
		return asked ? found : null;
	}
}
