package dev.tierway.bootstrap.wiring;

import com.google.inject.Provider;
import dev.tierway.GatewayConfig;
import dev.tierway.ServerConfig;
import dev.tierway.adapter.http.GatewayServer;
import dev.tierway.adapter.http.admin.AdminServer;
import dev.tierway.adapter.http.server.ServerTls;
import dev.tierway.bootstrap.reload.Reloadable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Certificates that are renewed while the ports listen. What is shown is read and tried before anything changes, and
 * connections that are open keep theirs.
 */
final class TlsReload implements Reloadable {
    private static final Logger LOG = LoggerFactory.getLogger(TlsReload.class);

    // Given late: the admin server orders reloads itself.
    private final Provider<GatewayServer> api;
    private final Provider<AdminServer> admin;

    TlsReload(Provider<GatewayServer> api, Provider<AdminServer> admin) {
        this.api = api;
        this.admin = admin;
    }

    static @Nullable ServerTls tls(ServerConfig.@Nullable Tls tls) {
        return tls == null
                ? null
                : new ServerTls(
                        tls.certificate().toString(),
                        tls.key().toString(),
                        tls.clientAuthorities() == null
                                ? null
                                : tls.clientAuthorities().toString());
    }

    @Override
    public Change prepare(GatewayConfig now, GatewayConfig next) {
        List<Supplier<CompletionStage<Void>>> ready = new ArrayList<>();
        add(ready, now.server().tls(), next.server().tls(), tls -> api.get().prepare(tls));
        add(
                ready,
                now.server().admin().tls(),
                next.server().admin().tls(),
                tls -> admin.get().prepare(tls));
        return ready.isEmpty() ? Change.NONE : new Shown(ready);
    }

    /** A port that begins or ceases to speak TLS is refused elsewhere, together with all else that can't change. */
    private static void add(
            List<Supplier<CompletionStage<Void>>> ready,
            ServerConfig.@Nullable Tls before,
            ServerConfig.@Nullable Tls after,
            Function<ServerTls, Supplier<CompletionStage<Void>>> prepare) {
        ServerTls next = tls(after);
        if (before != null && next != null && !Objects.equals(before, after)) {
            ready.add(prepare.apply(next));
        }
    }

    private record Shown(List<Supplier<CompletionStage<Void>>> ready) implements Change {
        @Override
        public void commit() {
            // Only connections to come are concerned, so it needn't happen at the same moment.
        }

        @Override
        public void afterwards() {
            for (Supplier<CompletionStage<Void>> port : ready) {
                port.get().exceptionally(failed -> {
                    LOG.error("new certificates were read, but couldn't be put in force; the old ones are", failed);
                    return null;
                });
            }
        }
    }
}
