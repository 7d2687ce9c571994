package dev.tierway.adapter.providers.openai;

import dev.tierway.adapter.providers.http.AttemptLoop;
import dev.tierway.adapter.providers.http.TransportLimits;
import dev.tierway.adapter.providers.http.UpstreamClients;
import dev.tierway.adapter.providers.wire.VendorGets;
import dev.tierway.application.port.out.AccountAnswer;
import dev.tierway.application.port.out.AccountProbe;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Gets what a vendor tells of an account. Its connection is its own: it takes no call's place. */
final class OpenAiAccountProbe implements AccountProbe {
    private static final int CONNECTIONS = 2;

    final Vertx vertx;
    final UpstreamClients clients;
    final VendorGets requests;
    final AccountEndpoint endpoint;
    final boolean china;
    final Duration timeout;

    private final Set<Runnable> underWay = ConcurrentHashMap.newKeySet();

    OpenAiAccountProbe(
            Vertx vertx,
            TransportLimits limits,
            VendorGets requests,
            AccountEndpoint endpoint,
            boolean china,
            Duration timeout) {
        this.vertx = vertx;
        this.clients = requests.clients(vertx, limits, CONNECTIONS);
        this.requests = requests;
        this.endpoint = endpoint;
        this.china = china;
        this.timeout = timeout;
    }

    @Override
    public CompletionStage<AccountAnswer> ask() {
        CompletableFuture<AccountAnswer> found = new CompletableFuture<>();
        AttemptLoop loop = AttemptLoop.current(vertx);
        AccountLook look = new AccountLook(this, found);
        Runnable stop = () -> loop.later(look::stop);
        underWay.add(stop);
        loop.later(look::begin);
        return found.whenComplete((result, error) -> underWay.remove(stop));
    }

    @Override
    public void close() {
        underWay.forEach(Runnable::run);
        clients.close();
    }
}
