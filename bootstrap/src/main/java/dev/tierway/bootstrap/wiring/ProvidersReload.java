package dev.tierway.bootstrap.wiring;

import dev.tierway.GatewayConfig;
import dev.tierway.RouteConfig;
import dev.tierway.application.service.AccountProber;
import dev.tierway.application.service.ReplicaProber;
import dev.tierway.bootstrap.reload.Reloadable;
import dev.tierway.bootstrap.runtime.AccountProbeTable;
import dev.tierway.bootstrap.runtime.ProviderTransportTable;
import dev.tierway.bootstrap.runtime.ReplicaProbeTable;
import dev.tierway.domain.catalogue.Replica;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How providers are spoken to and looked at. What didn't change is used on, with its connections. */
final class ProvidersReload implements Reloadable {
    /** For what a call still settles once its time is over. */
    private static final Duration SPARE = Duration.ofSeconds(60);
    /** Longer than any probe takes. */
    private static final long PROBES_END_MILLIS = 60_000;

    private final ProviderParts parts;
    private final ProviderTransportTable transports;
    private final ReplicaProbeTable probes;
    private final AccountProbeTable accounts;
    private final ReplicaProber prober;
    private final AccountProber accountProber;
    private final Vertx vertx;

    ProvidersReload(
            ProviderParts parts,
            ProviderTransportTable transports,
            ReplicaProbeTable probes,
            AccountProbeTable accounts,
            ReplicaProber prober,
            AccountProber accountProber,
            Vertx vertx) {
        this.parts = parts;
        this.transports = transports;
        this.probes = probes;
        this.accounts = accounts;
        this.prober = prober;
        this.accountProber = accountProber;
        this.vertx = vertx;
    }

    @Override
    public Change prepare(GatewayConfig now, GatewayConfig next) {
        List<Runnable> undo = new ArrayList<>();
        try {
            var nextTransports = transports.prepare(parts.transports(next));
            undo.add(nextTransports::discard);
            var nextProbes = probes.prepare(parts.probes(next));
            undo.add(nextProbes::discard);
            var nextAccounts = accounts.prepare(parts.accounts(next));
            undo.add(nextAccounts::discard);
            long longest = longestCall(now).plus(SPARE).toMillis();
            return new Change() {
                @Override
                public void commit() {
                    nextTransports.commit();
                    nextProbes.commit();
                    nextAccounts.commit();
                }

                @Override
                public void afterwards() {
                    prober.follow();
                    accountProber.follow();
                    Runnable endOfTransports = transports.endOfRetired();
                    vertx.setTimer(longest, timer -> endOfTransports.run());
                    Runnable endOfProbes = probes.endOfUnused();
                    Runnable endOfAccounts = accounts.endOfUnused();
                    vertx.setTimer(PROBES_END_MILLIS, timer -> {
                        endOfProbes.run();
                        endOfAccounts.run();
                    });
                }

                @Override
                public void discard() {
                    undo.forEach(Runnable::run);
                }
            };
        } catch (RuntimeException failed) {
            undo.forEach(Runnable::run);
            throw failed;
        }
    }

    /** How long a call may take that began under this configuration. */
    private static Duration longestCall(GatewayConfig config) {
        Duration longest = config.routing().policy().timeouts().total();
        for (RouteConfig route : config.routes()) {
            longest = longer(
                    longest,
                    route.timeouts().over(config.routing().policy().timeouts()).total());
        }
        for (Replica replica : config.catalogue().replicas()) {
            longest = longer(longest, replica.timeouts().total());
        }
        return longest;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
