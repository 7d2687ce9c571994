package dev.tierway.adapter.http.admin;

import dev.tierway.application.port.in.OperateFleet;
import dev.tierway.application.port.in.OperatorActionStatus;
import dev.tierway.application.port.in.OperatorActions;
import dev.tierway.application.port.in.OperatorCommand;
import dev.tierway.application.port.in.OperatorReceipt;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Takes every order and remembers it, or fails as it is told to. */
public final class FakeOperateFleet implements OperateFleet {
    final List<OperatorCommand> ordered = new CopyOnWriteArrayList<>();
    volatile @Nullable RuntimeException refusal;
    volatile @Nullable RuntimeException failure;
    volatile int recent;

    @Override
    public CompletionStage<OperatorReceipt> operate(OperatorCommand command) {
        if (refusal != null) {
            throw refusal;
        }
        if (failure != null) {
            RuntimeException why = failure;
            return CompletableFuture.supplyAsync(() -> {
                throw why;
            });
        }
        ordered.add(command);
        return CompletableFuture.supplyAsync(() -> new OperatorReceipt(
                status(command),
                List.of(new OperatorReceipt.Operated("west/gpt-x", "draining", false, "closed")),
                List.of("Model 'gpt-x' has no replica left that takes traffic.")));
    }

    @Override
    public CompletionStage<OperatorActions> actions(int atMost) {
        recent = atMost;
        return CompletableFuture.completedFuture(new OperatorActions(
                ordered.stream().map(FakeOperateFleet::status).toList(), List.of()));
    }

    private static OperatorActionStatus status(OperatorCommand command) {
        return new OperatorActionStatus(
                command.scope().level().id(),
                command.scope().id(),
                command.order().topic().id(),
                command.order().value(),
                command.author(),
                command.reason(),
                "2026-01-31T03:00:00Z",
                command.lasting() == null ? null : "2026-01-31T03:30:00Z",
                "gw-1");
    }
}
