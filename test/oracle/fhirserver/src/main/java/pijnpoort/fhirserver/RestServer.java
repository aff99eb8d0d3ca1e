package pijnpoort.fhirserver;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.provider.IJpaSystemProvider;
import ca.uhn.fhir.jpa.provider.JpaCapabilityStatementProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.rest.server.IncomingRequestAddressStrategy;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import org.springframework.context.ApplicationContext;

/** The REST interface: every resource type of R4, transactions, history and search. */
final class RestServer extends RestfulServer {
	RestServer(ApplicationContext context) {
		super(context.getBean(FhirContext.class));
		registerProviders(
				context.getBean("myResourceProvidersR4", ResourceProviderFactory.class).createProviders());
		registerProvider(context.getBean(IJpaSystemProvider.class));
		setServerConformanceProvider(new JpaCapabilityStatementProvider(
				this,
				context.getBean(IFhirSystemDao.class),
				context.getBean(JpaStorageSettings.class),
				context.getBean(ISearchParamRegistry.class),
				context.getBean(IValidationSupport.class)));
		setPagingProvider(context.getBean(DatabaseBackedPagingProvider.class));
		setServerAddressStrategy(new IncomingRequestAddressStrategy());
	}
}
