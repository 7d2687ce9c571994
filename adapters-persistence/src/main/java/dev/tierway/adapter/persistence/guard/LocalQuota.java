package dev.tierway.adapter.persistence.guard;

import dev.tierway.adapter.persistence.memory.MemoryQuotaStore;
import dev.tierway.application.explain.LimitWords;
import dev.tierway.application.port.out.QuotaStore.LimitUnavailableException;
import dev.tierway.application.port.out.QuotaStore.Result;
import dev.tierway.application.port.out.Reservation;
import dev.tierway.application.port.out.VendorObservation;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Ending;
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.quota.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Limits while the store is down: this instance's share, in memory. */
final class LocalQuota {
    static final String WARNING =
            "The quota store doesn't answer: this gateway limits alone, at its share of each limit.";

    /** Attempts granted here, until they end. */
    private final Map<AttemptId, LocalGrant> granted = new ConcurrentHashMap<>();

    private final MemoryQuotaStore memory;

    /** @param memory made so that it tells {@link #expired} of what nobody ended */
    LocalQuota(Function<LocalQuota, MemoryQuotaStore> memory) {
        this.memory = memory.apply(this);
    }

    /** @param grant what is remembered if it is granted */
    CompletionStage<Result> reserve(Reservation asked, LocalShare share, LocalGrant grant) {
        Descriptor closed = LocalShare.closed(asked.descriptors());
        if (closed != null) {
            return CompletableFuture.failedStage(new LimitUnavailableException(LimitWords.unavailable(closed)));
        }
        // Before it is granted: nobody may end it without knowing where.
        granted.putIfAbsent(asked.attempt(), grant);
        return memory.reserve(share.of(asked)).thenApply(result -> switch (result) {
            case Result.Granted yes -> new Result.Granted(known(yes.left(), asked.descriptors()), WARNING);
            case Result.Denied no -> {
                granted.remove(asked.attempt(), grant);
                yield denied(no, asked);
            }
        });
    }

    /** With the limits as they are when the store is there; of money, nobody knows what is left. */
    private static List<Left> known(List<Left> left, List<Descriptor> descriptors) {
        List<Left> known = new ArrayList<>(left.size());
        for (int i = 0; i < left.size(); i++) {
            Left one = left.get(i);
            if (!LocalShare.isMoney(one.descriptor())) {
                known.add(new Left(descriptors.get(i), one.available(), one.restNanos(), one.exceeded()));
            }
        }
        return known;
    }

    /** More than a share may still be less than the limit: worth asking again, since the store may come back. */
    private static Result.Denied denied(Result.Denied no, Reservation asked) {
        Descriptor binding = no.binding();
        for (Descriptor descriptor : asked.descriptors()) {
            binding = descriptor.key().equals(no.binding().key()) ? descriptor : binding;
        }
        boolean possible = asked.estimate().of(binding) <= binding.limit().burst();
        Long retry = no.retryAfterNanos();
        return new Result.Denied(
                binding, retry == null && possible ? Long.valueOf(Usage.SOON_NANOS) : retry, no.available());
    }

    /** What was granted here; null: nothing. */
    @Nullable
    LocalGrant grant(AttemptId attempt) {
        return granted.get(attempt);
    }

    /** What was granted here and is now over; null: nothing. */
    @Nullable
    LocalGrant end(AttemptId attempt, Ending ending) {
        LocalGrant grant = granted.remove(attempt);
        if (grant != null) {
            var unused = new Delivery.End(attempt, ending).to(memory, 0);
        }
        return grant;
    }

    void finish(String callId) {
        var unused = memory.finish(callId);
    }

    void expired(AttemptId attempt) {
        granted.remove(attempt);
    }

    void observe(@Nullable AttemptId attempt, List<VendorObservation> seen) {
        var unused = memory.observe(attempt, seen);
    }

    CompletionStage<List<Left>> left(List<Descriptor> descriptors, LocalShare share) {
        return memory.left(descriptors.stream().map(share::of).toList()).thenApply(left -> known(left, descriptors));
    }

    void close() {
        memory.close();
    }
}
