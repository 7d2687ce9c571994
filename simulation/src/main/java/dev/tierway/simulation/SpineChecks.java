package dev.tierway.simulation;

import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.quota.QuotaBook;
import dev.tierway.domain.routing.RoutingPolicy;
import java.util.ArrayList;
import java.util.List;

/** Watches the invariants of every call production makes: I1, I3 and I5 of the design's faults, and that nothing leaks. */
final class SpineChecks {
    private static final int MOST_TOLD = 20;
    private static final long GRACE_NANOS = 1_000_000_000L;

    private final Stage stage;
    private final int mostAttempts;
    private final byte[] sends;
    private final byte[] finishes;
    private final byte[] held;
    private final List<String> violations = new ArrayList<>();
    private long broken;

    SpineChecks(Stage stage, RoutingPolicy policy) {
        this.stage = stage;
        int calls = stage.log().calls();
        this.mostAttempts = policy.spillover().attempts();
        this.sends = new byte[calls];
        this.finishes = new byte[calls];
        this.held = new byte[calls];
    }

    void reserved(int call) {
        held[call]++;
    }

    void released(int call) {
        if (--held[call] < 0) {
            report(call, "a reservation ended twice");
        }
    }

    void sent(int call, boolean committed) {
        if (committed) {
            report(call, "I5: sent again after the answer had begun");
        }
        if (++sends[call] > mostAttempts) {
            report(call, "I3: more than " + mostAttempts + " attempts");
        }
        if (finishes[call] > 0) {
            report(call, "sent after its end");
        }
    }

    void finished(int call, long deadlineNanos) {
        if (++finishes[call] > 1) {
            report(call, "I1: ended twice");
        }
        if (stage.time().nowNanos() > deadlineNanos + GRACE_NANOS) {
            report(call, "I1: ended later than a second after its deadline");
        }
    }

    private void report(int call, String what) {
        broken++;
        if (violations.size() < MOST_TOLD) {
            violations.add("call " + call + ": " + what);
        }
    }

    /** After the last event. */
    List<String> violations(ReplicaRegistry registry, QuotaBook quotas) {
        for (int call = 0; call < finishes.length; call++) {
            if (finishes[call] != 1) {
                report(call, "I1: ended " + finishes[call] + " times");
            }
            if (held[call] != 0) {
                report(call, "a reservation never ended");
            }
        }
        List<Replica> replicas = List.copyOf(registry.catalogue().replicas());
        for (ReplicaView view :
                registry.snapshot(replicas, List.of(), stage.time().nowNanos()).candidates()) {
            if (view.state().inFlight() != 0) {
                violations.add(
                        "replica " + view.replica().id() + ": " + view.state().inFlight() + " permits never ended");
            }
        }
        if (quotas.open() != 0) {
            violations.add(quotas.open() + " reservations are still open");
        }
        if (broken > MOST_TOLD) {
            violations.add("and " + (broken - MOST_TOLD) + " more");
        }
        return violations;
    }
}
