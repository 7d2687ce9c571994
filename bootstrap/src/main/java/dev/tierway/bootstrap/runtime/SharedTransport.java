package dev.tierway.bootstrap.runtime;

import dev.tierway.application.port.out.ProviderTransport;
import java.util.concurrent.atomic.AtomicInteger;

/** A transport that several configurations may use. Closed once none does any more. */
final class SharedTransport {
    private final Object madeOf;
    private final ProviderTransport transport;
    private final AtomicInteger users = new AtomicInteger();

    SharedTransport(Recipe<ProviderTransport> recipe) {
        this.madeOf = recipe.of();
        this.transport = recipe.made().get();
    }

    boolean isOf(Recipe<ProviderTransport> recipe) {
        return madeOf.equals(recipe.of());
    }

    ProviderTransport transport() {
        return transport;
    }

    void use() {
        users.incrementAndGet();
    }

    void leave() {
        if (users.decrementAndGet() == 0) {
            transport.close();
        }
    }
}
