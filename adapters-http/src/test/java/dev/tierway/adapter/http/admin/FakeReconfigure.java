package dev.tierway.adapter.http.admin;

import dev.tierway.application.config.ConfigGeneration;
import dev.tierway.application.config.ConfigOrder;
import dev.tierway.application.config.ConfigOutcome;
import dev.tierway.application.port.in.Reconfigure;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers every order, and answers as it is told to. */
public final class FakeReconfigure implements Reconfigure {
    final List<ConfigOrder> reloads = new CopyOnWriteArrayList<>();
    final List<Long> rollbacks = new CopyOnWriteArrayList<>();
    final List<ConfigGeneration> kept = new CopyOnWriteArrayList<>();
    volatile ConfigOutcome outcome = new ConfigOutcome.Unchanged(1);

    @Override
    public CompletionStage<ConfigOutcome> reload(ConfigOrder order) {
        reloads.add(order);
        return CompletableFuture.completedFuture(outcome);
    }

    @Override
    public CompletionStage<ConfigOutcome> rollback(long to, ConfigOrder order) {
        reloads.add(order);
        rollbacks.add(to);
        return CompletableFuture.completedFuture(outcome);
    }

    @Override
    public CompletionStage<List<ConfigGeneration>> history(int limit) {
        return CompletableFuture.completedFuture(kept.stream().limit(limit).toList());
    }
}
