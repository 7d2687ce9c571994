package dev.tierway.adapter.persistence.lease;

import dev.tierway.application.port.out.QuotaStore;
import dev.tierway.application.port.out.QuotaStore.Result;
import dev.tierway.application.port.out.Reservation;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Tells the store of shares. Completes exceptionally if it can't be told, never throws. */
final class ShareSteps {
    private final QuotaStore store;

    ShareSteps(QuotaStore store) {
        this.store = store;
    }

    CompletionStage<Result> ask(Share share) {
        return reserve(share.id, share.of.lowered(), share.amount);
    }

    /** What has been admitted already is never denied. */
    CompletionStage<Result> carry(Share carrier) {
        return reserve(carrier.id, ShareOptions.counted(carrier.of.lowered()), carrier.amount);
    }

    CompletionStage<@Nullable Void> settle(Share share, long charged) {
        return settle(share.id, share.of.lowered(), charged);
    }

    CompletionStage<@Nullable Void> owe(Step.Owe owed) {
        Descriptor counted = ShareOptions.counted(owed.limit().lowered());
        return reserve(owed.id(), counted, owed.amount())
                .thenCompose(taken -> settle(owed.id(), counted, owed.amount()));
    }

    private CompletionStage<Result> reserve(AttemptId id, Descriptor descriptor, long amount) {
        try {
            return store.reserve(new Reservation(
                    List.of(descriptor), amounts(descriptor.limit().dimension(), amount), ShareName.memo(id)));
        } catch (RuntimeException thrown) {
            return CompletableFuture.failedStage(thrown);
        }
    }

    private CompletionStage<@Nullable Void> settle(AttemptId id, Descriptor descriptor, long charged) {
        try {
            return store.settle(id, amounts(descriptor.limit().dimension(), charged));
        } catch (RuntimeException thrown) {
            return CompletableFuture.failedStage(thrown);
        }
    }

    private static Amounts amounts(Dimension dimension, long amount) {
        return switch (dimension) {
            case REQUESTS -> new Amounts(amount, 0, 0, NanoUsd.ZERO);
            case TOKENS, INPUT_TOKENS -> new Amounts(0, amount, 0, NanoUsd.ZERO);
            case OUTPUT_TOKENS -> new Amounts(0, 0, amount, NanoUsd.ZERO);
            case CONCURRENCY, MONEY ->
                throw new IllegalArgumentException("a limit on " + dimension.id() + " is not shared out");
        };
    }
}
