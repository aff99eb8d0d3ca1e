package pijnpoort.fhirserver;

import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import java.nio.file.Path;

/**
 * Starts HAPI FHIR's JPA server on loopback, with H2 as its database.
 *
 * <p>Usage: {@code Main PORT [FOLDER]}. Port 0 picks a free one. With a folder the database
 * is kept there, and survives a kill; without, it is gone at the end. When the server
 * answers, it prints one line on standard output: its base URL.
 */
public final class Main {
	private Main() {}

	public static void main(String[] args) throws Exception {
		if (args.length < 1 || args.length > 2) {
			System.err.println("usage: PORT [FOLDER]");
			System.exit(2);
		}
		int port = Integer.parseInt(args[0]);
		String database = args.length == 2
				? "jdbc:h2:file:" + Path.of(args[1]).toAbsolutePath().resolve("fhir")
				: "jdbc:h2:mem:fhir;DB_CLOSE_DELAY=-1";

		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.registerBean(Database.class, () -> new Database(database));
		context.register(Storage.class);
		context.refresh();

		Server server = new Server();
		ServerConnector connector = new ServerConnector(server);
		connector.setHost("127.0.0.1");
		connector.setPort(port);
		server.addConnector(connector);
		ServletContextHandler servlets = new ServletContextHandler();
		ServletHolder fhir = new ServletHolder(new RestServer(context));
		servlets.addServlet(fhir, "/fhir/*");
		server.setHandler(servlets);
		server.start();

		System.out.println("http://127.0.0.1:" + connector.getLocalPort() + "/fhir");
		System.out.flush();
		server.join();
	}
}
