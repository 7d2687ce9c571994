package dev.tierway.domain.routing;

import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.failure.FailureClass;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call has behind it when it decides again. Immutable.
 *
 * @param sent attempts sent so far
 * @param left replicas the call has left, with the attempt and the class that made it leave
 * @param denied replicas whose quota denied a reservation of this call
 * @param model the model whose replicas are tried before another's; null before the first attempt
 * @param lastProvider where the last failed attempt went; null before any failed
 * @param shaken providers that failed as a whole in this call
 * @param windowAbove only models with a context window larger than this; 0: any
 * @param repeating the replica it may go back to, because there is nobody else; null: none
 * @param escalating whether the higher tier's replicas are the candidates now
 * @param lastAttempt whether no further attempt may follow
 * @param mayResort whether one whose health alone refuses it may be tried as a last resort
 * @param parkLimitNanos until when it may still wait for capacity; null if it may not
 */
public record RoutingProgress(
        int sent,
        List<LeftReplica> left,
        List<DeniedReplica> denied,
        @Nullable ModelId model,
        @Nullable ProviderId lastProvider,
        List<ProviderId> shaken,
        int windowAbove,
        @Nullable ReplicaId repeating,
        boolean escalating,
        boolean lastAttempt,
        boolean mayResort,
        @Nullable Long parkLimitNanos) {
    public static final RoutingProgress START =
            new RoutingProgress(0, List.of(), List.of(), null, null, List.of(), 0, null, false, false, true, null);

    public RoutingProgress {
        left = List.copyOf(left);
        denied = List.copyOf(denied);
        shaken = List.copyOf(shaken);
    }

    /**
     * A replica the call will not go back to.
     *
     * @param failureClass why it was left; null while an attempt still runs there
     */
    public record LeftReplica(
            ReplicaId replica,
            ModelId model,
            int attempt,
            @Nullable FailureClass failureClass) {}

    /** A replica whose quota had no room. */
    public record DeniedReplica(
            ReplicaId replica, String descriptor, @Nullable Long untilNanos) {}

    public boolean first() {
        return sent == 0;
    }

    @Nullable
    LeftReplica left(ReplicaId replica) {
        for (LeftReplica one : left) {
            if (one.replica().equals(replica)) {
                return one;
            }
        }
        return null;
    }

    @Nullable
    DeniedReplica denied(ReplicaId replica) {
        for (DeniedReplica one : denied) {
            if (one.replica().equals(replica)) {
                return one;
            }
        }
        return null;
    }

    int attemptsAt(ModelId id) {
        int attempts = 0;
        for (LeftReplica one : left) {
            attempts += one.model().equals(id) ? 1 : 0;
        }
        return attempts;
    }

    /** Whether the vendor found the request too long for that model. */
    boolean tooLongFor(ModelId id) {
        for (LeftReplica one : left) {
            if (one.model().equals(id) && one.failureClass() == FailureClass.CONTEXT_TOO_LONG) {
                return true;
            }
        }
        return false;
    }

    /** Whether an attempt there would be charged to the retry budgets: a hedge always is. */
    public boolean charged(ProviderId provider, boolean healthyLately) {
        boolean hedge = left.stream().anyMatch(one -> one.failureClass() == null);
        return !first() && (hedge || provider.equals(lastProvider) || !healthyLately);
    }

    /** The same for a hedge: it never waits, and never escalates by itself. */
    public RoutingProgress forHedge(boolean callEscalates) {
        return new RoutingProgress(
                sent,
                left,
                denied,
                model,
                lastProvider,
                shaken,
                windowAbove,
                null,
                callEscalates,
                lastAttempt,
                false,
                null);
    }
}
