package dev.tierway.bootstrap.wiring;

import dev.tierway.StorageConfig;
import dev.tierway.adapter.persistence.Retention;
import dev.tierway.adapter.persistence.StoreHealth;
import dev.tierway.adapter.persistence.postgresql.PostgresApiKeyStore;
import dev.tierway.adapter.persistence.postgresql.PostgresAuditLog;
import dev.tierway.adapter.persistence.postgresql.PostgresCallLedger;
import dev.tierway.adapter.persistence.postgresql.PostgresCheckpointStore;
import dev.tierway.adapter.persistence.postgresql.PostgresConfigHistory;
import dev.tierway.adapter.persistence.postgresql.PostgresDatabase;
import dev.tierway.adapter.persistence.postgresql.PostgresDecisionLog;
import dev.tierway.adapter.persistence.postgresql.PostgresOperatorState;
import dev.tierway.adapter.persistence.postgresql.PostgresOptions;
import dev.tierway.adapter.persistence.postgresql.PostgresWriter;
import dev.tierway.adapter.providers.Secret;
import dev.tierway.application.explain.DecisionExplainer;
import dev.tierway.application.port.out.ApiKeyStore;
import dev.tierway.application.port.out.AuditLog;
import dev.tierway.application.port.out.CallLedger;
import dev.tierway.application.port.out.CheckpointStore;
import dev.tierway.application.port.out.ConfigHistory;
import dev.tierway.application.port.out.DecisionLog;
import dev.tierway.application.port.out.OperatorState;
import dev.tierway.application.port.out.WallClock;

/** What is remembered on a PostgreSQL that several gateways share. */
record SharedHistory(PostgresDatabase database, PostgresWriter writer) implements AutoCloseable {
    /** @throws dev.tierway.adapter.persistence.StoreException if the server can't be used */
    static SharedHistory open(StorageConfig.Server server) {
        PostgresDatabase database = database(server);
        return new SharedHistory(database, new PostgresWriter(database));
    }

    static PostgresDatabase database(StorageConfig.Server server) {
        return PostgresDatabase.open(options(server));
    }

    static PostgresOptions options(StorageConfig.Server server) {
        Secret password = server.password();
        PostgresOptions options = PostgresOptions.at(
                server.url(), server.user(), password == null ? null : password.reveal(), server.poolSize());
        return server.timeout() == null ? options : options.answering(server.timeout());
    }

    CallLedger ledger(Retention retention, WallClock clock) {
        return new PostgresCallLedger(database, writer, retention, clock);
    }

    DecisionLog decisions(int newest, Retention retention, WallClock clock) {
        return new PostgresDecisionLog(database, writer, newest, DecisionExplainer::document, retention, clock);
    }

    OperatorState operatorState() {
        return new PostgresOperatorState(database);
    }

    AuditLog audit(Retention retention, WallClock clock) {
        return new PostgresAuditLog(database, writer, retention, clock);
    }

    ApiKeyStore keys() {
        return new PostgresApiKeyStore(database);
    }

    ConfigHistory configs() {
        return new PostgresConfigHistory(database);
    }

    CheckpointStore checkpoints(Retention retention, WallClock clock) {
        return new PostgresCheckpointStore(database, writer, retention, clock);
    }

    StoreHealth health() {
        return writer.health();
    }

    @Override
    public void close() {
        writer.close();
        database.close();
    }
}
