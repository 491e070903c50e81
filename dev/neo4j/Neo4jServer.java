import static org.neo4j.internal.kernel.api.procs.ProcedureSignature.procedureSignature;
import static org.neo4j.values.storable.Values.longValue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.neo4j.collection.ResourceRawIterator;
import org.neo4j.configuration.GraphDatabaseInternalSettings;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.GraphDatabaseSettings.LogQueryLevel;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.connectors.BoltConnectorInternalSettings;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.internal.kernel.api.exceptions.ProcedureException;
import org.neo4j.internal.kernel.api.procs.Neo4jTypes;
import org.neo4j.internal.kernel.api.procs.QualifiedName;
import org.neo4j.io.ByteUnit;
import org.neo4j.kernel.api.ResourceMonitor;
import org.neo4j.kernel.api.procedure.CallableProcedure.BasicProcedure;
import org.neo4j.kernel.api.procedure.Context;
import org.neo4j.kernel.api.exceptions.Status;
import org.neo4j.kernel.api.procedure.GlobalProcedures;
import org.neo4j.kernel.impl.query.QueryCacheStatistics;
import org.neo4j.kernel.impl.transaction.log.checkpoint.CheckPointer;
import org.neo4j.kernel.impl.transaction.log.checkpoint.SimpleTriggerInfo;
import org.neo4j.kernel.internal.GraphDatabaseAPI;
import org.neo4j.procedure.Mode;
import org.neo4j.values.AnyValue;
import org.neo4j.values.storable.NumberValue;
import org.neo4j.values.storable.TextValue;

/**
 * A Neo4j server for development: one Bolt port on this machine, no password. Run by neo4j.sh.
 *
 * <p>Further servers may stand beside it in the same process, each with a folder and a port of its own: what the JVM has compiled for one
 * serves all. The plans of those in the folder keeping stay.
 */
public class Neo4jServer {
    /** Tells how many statements were planned since the start, and how many of them anew since the data had changed. */
    private static class Planned extends BasicProcedure {
        private final QueryCacheStatistics plans;

        Planned(QueryCacheStatistics plans) {
            super(procedureSignature(new QualifiedName("kith", "planned")).mode(Mode.READ)
                    .out("planned", Neo4jTypes.NTInteger).out("anew", Neo4jTypes.NTInteger).build());
            this.plans = plans;
        }

        @Override
        public ResourceRawIterator<AnyValue[], ProcedureException> apply(Context c, AnyValue[] in, ResourceMonitor m) {
            var planned = plans.metricsPerCacheKind().get("executable_query").getCompiled();
            return ResourceRawIterator.of(new AnyValue[][] {{longValue(planned), longValue(plans.numberOfReplans())}});
        }
    }

    /** Writes all that was changed to the store's files, so that their size tells what it takes. */
    private static class Settled extends BasicProcedure {
        private final CheckPointer checkPointer;

        Settled(CheckPointer checkPointer) {
            super(procedureSignature(new QualifiedName("kith", "settled")).mode(Mode.READ)
                    .out("transaction", Neo4jTypes.NTInteger).build());
            this.checkPointer = checkPointer;
        }

        @Override
        public ResourceRawIterator<AnyValue[], ProcedureException> apply(Context c, AnyValue[] in, ResourceMonitor m)
                throws ProcedureException {
            try {
                return ResourceRawIterator.of(new AnyValue[][] {{longValue(checkPointer.forceCheckPoint(new SimpleTriggerInfo("size")))}});
            } catch (IOException e) {
                throw new ProcedureException(Status.Procedure.ProcedureCallFailed, e, "the files cannot be written");
            }
        }
    }

    /** Starts a small server in a folder and on a port, until it is to end. */
    private static class Open extends BasicProcedure {
        Open() {
            super(procedureSignature(new QualifiedName("kith", "open")).mode(Mode.READ)
                    .in("folder", Neo4jTypes.NTString).in("port", Neo4jTypes.NTInteger).out("port", Neo4jTypes.NTInteger).build());
        }

        @Override
        public ResourceRawIterator<AnyValue[], ProcedureException> apply(Context c, AnyValue[] in, ResourceMonitor m)
                throws ProcedureException {
            try {
                serve(Path.of(((TextValue) in[0]).stringValue()), (int) ((NumberValue) in[1]).longValue(), 64);
            } catch (Exception e) {
                throw new ProcedureException(Status.Procedure.ProcedureCallFailed, e, "the server did not start: %s", e);
            }
            return ResourceRawIterator.of(new AnyValue[][] {{in[1]}});
        }
    }

    /** Ends the server on a port, where one runs. */
    private static class Close extends BasicProcedure {
        Close() {
            super(procedureSignature(new QualifiedName("kith", "close")).mode(Mode.READ)
                    .in("port", Neo4jTypes.NTInteger).out("port", Neo4jTypes.NTInteger).build());
        }

        @Override
        public ResourceRawIterator<AnyValue[], ProcedureException> apply(Context c, AnyValue[] in, ResourceMonitor m)
                throws ProcedureException {
            var server = servers.remove((int) ((NumberValue) in[0]).longValue());
            if (server != null) {
                server.shutdown();
            }
            return ResourceRawIterator.of(new AnyValue[][] {{in[0]}});
        }
    }

    /** Those that run, by their ports. */
    private static final Map<Integer, DatabaseManagementService> servers = new ConcurrentHashMap<>();

    public static void main(String[] args) throws Exception {
        // The JVM runs this on SIGTERM: without it every next start would begin with a recovery.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> servers.values().parallelStream().forEach(DatabaseManagementService::shutdown)));
        try {
            for (var i = 0; i < args.length; i += 2) {
                serve(Path.of(args[i]), Integer.parseInt(args[i + 1]), Long.getLong("kith.pagecache.mib", 1024));
            }
        } catch (Throwable e) { // those that did start have threads, which would keep the process
            e.printStackTrace();
            System.exit(1);
        }
        System.out.println("Bolt is ready");
        Thread.currentThread().join();
    }

    private static void serve(Path home, int port, long pageCache) throws Exception {
        var address = new SocketAddress("127.0.0.1", port);
        var builder = new DatabaseManagementServiceBuilder(home)
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
                // It would look ten times a second whether the JVM stands still, in each server, and say so in a log.
                .setConfig(GraphDatabaseInternalSettings.vm_pause_monitor_enabled, false)
                // Bolt waits this long twice after the databases are down; 5 s each unless told.
                .setConfig(BoltConnectorInternalSettings.thread_pool_shutdown_wait_time, Duration.ofMillis(100));
        if (home.getParent().endsWith("keeping")) {
            // By default a plan is made anew after ten seconds where the data has changed by three quarters, and for texts and
            // lists of another order of magnitude; and a thousand are kept.
            builder.setConfig(GraphDatabaseSettings.cypher_min_replan_interval, Duration.ofDays(1))
                    .setConfig(GraphDatabaseInternalSettings.cypher_size_hint_parameters, false)
                    .setConfig(GraphDatabaseSettings.query_cache_size, 5000);
        }
        var server = builder.build();
        servers.put(port, server);

        var dependencies = ((GraphDatabaseAPI) server.database("neo4j")).getDependencyResolver();
        var planned = new Planned(dependencies.resolveDependency(QueryCacheStatistics.class));
        var settled = new Settled(dependencies.resolveDependency(CheckPointer.class));
        for (var procedure : List.of(planned, settled, new Open(), new Close())) {
            dependencies.resolveDependency(GlobalProcedures.class).register(procedure);
        }
    }
}
