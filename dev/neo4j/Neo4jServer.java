import java.nio.file.Path;
import java.time.Duration;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.GraphDatabaseSettings.LogQueryLevel;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.connectors.BoltConnectorInternalSettings;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.io.ByteUnit;

/** A Neo4j server for development: one Bolt port on this machine, no password. Run by neo4j.sh. */
public class Neo4jServer {
    public static void main(String[] args) throws InterruptedException {
        var home = Path.of(args[0]);
        var address = new SocketAddress("127.0.0.1", Integer.parseInt(args[1]));
        var pageCache = Long.getLong("kith.pagecache.mib", 1024);

        var server = new DatabaseManagementServiceBuilder(home)
                .setConfig(BoltConnector.enabled, true)
                .setConfig(BoltConnector.listen_address, address)
                // Drivers that ask for a routing table are sent to this address.
                .setConfig(BoltConnector.advertised_address, address)
                .setConfig(GraphDatabaseSettings.auth_enabled, false)
                .setConfig(GraphDatabaseSettings.pagecache_memory, ByteUnit.mebiBytes(pageCache))
                // Nothing leaves the machine, and a data folder stays tens of megabytes, not half a gigabyte.
                .setConfig(GraphDatabaseSettings.udc_enabled, false)
                .setConfig(BoltConnector.server_bolt_telemetry_enabled, false)
                .setConfig(GraphDatabaseSettings.log_queries, LogQueryLevel.OFF)
                .setConfig(GraphDatabaseSettings.preallocate_logical_logs, false)
                .setConfig(GraphDatabaseSettings.keep_logical_logs, "keep_none")
                // Bolt waits this long twice after the databases are down; 5 s each unless told.
                .setConfig(BoltConnectorInternalSettings.thread_pool_shutdown_wait_time, Duration.ofMillis(100))
                .build();

        // The JVM runs this on SIGTERM: without it every next start would begin with a recovery.
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
        System.out.println("Bolt is ready on " + address);
        Thread.currentThread().join();
    }
}
