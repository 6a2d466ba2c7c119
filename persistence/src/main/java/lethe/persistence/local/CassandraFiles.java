package lethe.persistence.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * The files of one local Cassandra: its configuration, written anew at every start, and where it keeps the rest.
 *
 * <p>The configuration forgets as well as Cassandra can: no snapshots, no backups, no change capture, no hints, no
 * saved caches, no slow-query log (it would print what is asked for), no heap dumps, and a commit log of few small
 * segments, so that what was deleted is soon overwritten.
 */
record CassandraFiles(Path directory) {

    private static final List<String> DIRECTORIES =
            List.of("data", "commitlog", "hints", "caches", "cdc", "triggers", "tmp");

    void write(LocalCassandraSettings settings) throws IOException {
        Files.createDirectories(directory);
        if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
        for (var name : DIRECTORIES) {
            Files.createDirectories(directory.resolve(name));
        }
        Files.writeString(configuration(), yaml(settings));
        Files.writeString(logging(), logback());
    }

    Path configuration() {
        return directory.resolve("cassandra.yaml");
    }

    Path logging() {
        return directory.resolve("logback.xml");
    }

    Path log() {
        return directory.resolve("cassandra.log");
    }

    /** What the server or its Java prints before or beside its log. */
    Path output() {
        return directory.resolve("cassandra.out");
    }

    /** What its Java says of itself when it crashes. */
    Path crash() {
        return directory.resolve("crash.log");
    }

    /** Holds the server's process id while it runs. */
    Path processId() {
        return directory.resolve("cassandra.pid");
    }

    /** Locked while a server uses this directory. */
    Path lock() {
        return directory.resolve("lock");
    }

    private String yaml(LocalCassandraSettings settings) {
        var endpoint = settings.endpoint();
        var address = endpoint.address().getHostAddress();
        return """
                cluster_name: lethe
                num_tokens: 1
                initial_token: 0
                auto_bootstrap: false
                partitioner: org.apache.cassandra.dht.Murmur3Partitioner
                endpoint_snitch: SimpleSnitch
                dynamic_snitch: false
                authenticator: AllowAllAuthenticator
                authorizer: AllowAllAuthorizer
                listen_address: %1$s
                storage_port: %2$d
                rpc_address: %1$s
                native_transport_port: %3$d
                seed_provider:
                    - class_name: org.apache.cassandra.locator.SimpleSeedProvider
                      parameters:
                          - seeds: "%1$s:%2$d"
                data_file_directories: ["%4$s/data"]
                commitlog_directory: "%4$s/commitlog"
                hints_directory: "%4$s/hints"
                saved_caches_directory: "%4$s/caches"
                cdc_raw_directory: "%4$s/cdc"
                %5$s
                commitlog_segment_size: 8MiB
                commitlog_total_space: 64MiB
                disk_failure_policy: die
                commit_failure_policy: die
                hinted_handoff_enabled: false
                auto_snapshot: false
                incremental_backups: false
                snapshot_before_compaction: false
                cdc_enabled: false
                key_cache_size: 8MiB
                key_cache_save_period: 0s
                row_cache_size: 0MiB
                row_cache_save_period: 0s
                counter_cache_size: 0MiB
                counter_cache_save_period: 0s
                slow_query_log_timeout: 0ms
                dump_heap_on_uncaught_exception: false
                user_defined_functions_enabled: false
                concurrent_reads: 8
                concurrent_writes: 32
                concurrent_compactors: 1
                memtable_allocation_type: heap_buffers
                memtable_heap_space: 64MiB
                file_cache_size: 32MiB
                networking_cache_size: 32MiB
                prepared_statements_cache_size: 8MiB
                """.formatted(
                        address,
                        endpoint.storagePort(),
                        endpoint.cqlPort(),
                        directory,
                        settings.sync().yaml());
    }

    private String logback() {
        return """
                <configuration scan="false">
                  <appender name="FILE" class="ch.qos.logback.core.rolling.RollingFileAppender">
                    <file>%1$s</file>
                    <rollingPolicy class="ch.qos.logback.core.rolling.FixedWindowRollingPolicy">
                      <fileNamePattern>%1$s.%%i</fileNamePattern><minIndex>1</minIndex><maxIndex>1</maxIndex>
                    </rollingPolicy>
                    <triggeringPolicy class="ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy">
                      <maxFileSize>8MB</maxFileSize>
                    </triggeringPolicy>
                    <encoder><pattern>%%d{ISO8601} %%-5level %%logger{20} %%msg%%n</pattern></encoder>
                  </appender>
                  <root level="INFO"><appender-ref ref="FILE"/></root>
                  <logger name="com.thinkaurelius.thrift" level="ERROR"/>
                </configuration>
                """.formatted(log());
    }
}
