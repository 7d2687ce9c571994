package dev.tierway.simulation;

import dev.tierway.domain.call.CallIdentity;
import dev.tierway.domain.call.CallSpec;
import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.fleet.Mixing;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.quota.QuotaBook;
import dev.tierway.domain.quota.QuotaTime;
import dev.tierway.domain.routing.Ask;
import dev.tierway.domain.routing.Constraints;
import dev.tierway.domain.routing.RequestFeatures;
import dev.tierway.domain.routing.RoutingPolicy;
import dev.tierway.domain.routing.TokenEstimate;
import dev.tierway.simulation.world.Request;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Production in virtual time: its registry, state machine, selector and quota book, driven as its own driver drives them,
 * with replies that come from the simulated world.
 */
final class Spine implements Contender {
    private static final long SALT_LEAVES = 9001;
    private static final double MEAN_PATIENCE_SECONDS = 3;
    private static final long RESERVATION_GRACE_NANOS = 60_000_000_000L;

    final Stage stage;
    final ReplicaRegistry registry;
    final QuotaBook quotas;
    final SpineChecks checks;
    private final RoutingPolicy policy;
    private final double leaving;
    private final Map<ReplicaId, Integer> indices = new HashMap<>();
    private final Deque<SpineCall> parked = new ArrayDeque<>();
    private Ask ask;

    Spine(Stage stage, RoutingPolicy policy) {
        this(stage, policy, 0);
    }

    /** @param leaving share of the clients that leave before their answer is whole */
    Spine(Stage stage, RoutingPolicy policy, double leaving) {
        this.stage = stage;
        this.leaving = leaving;
        this.policy = policy;
        Catalogue catalogue = stage.fleet().catalogue(Configuration.NORMAL);
        this.registry = new ReplicaRegistry(catalogue);
        this.quotas = new QuotaBook(policy.timeouts().total().toNanos() + RESERVATION_GRACE_NANOS, Long.MAX_VALUE / 4);
        this.checks = new SpineChecks(stage, policy);
        this.ask = ask(catalogue);
        for (int i = 0; i < stage.fleet().size(); i++) {
            indices.put(stage.fleet().replica(i).id(), i);
        }
    }

    @Override
    public void configure(Configuration now) {
        Catalogue catalogue = stage.fleet().catalogue(now);
        registry.swap(catalogue);
        ask = ask(catalogue);
    }

    private Ask ask(Catalogue catalogue) {
        SimulatedFleet plan = stage.fleet().plan();
        return new Ask(
                "tier:" + plan.tier().id() + "/" + plan.useCase(),
                Ask.Level.TIER,
                null,
                plan.useCase(),
                catalogue.replicasServing(plan.tier(), plan.useCase()),
                List.of(),
                Map.of());
    }

    @Override
    public void begin(Request request) {
        long now = stage.time().nowNanos();
        String id = "sim_" + request.call();
        RequestFeatures features = new RequestFeatures(
                ask,
                true,
                new TokenEstimate(request.inputTokens(), null, 1),
                Set.of(),
                Constraints.NONE,
                null,
                Prefixes.of(request));
        CallSpec spec = new CallSpec(
                new CallIdentity(id, id, "simulation", 0, now, Map.of()),
                features,
                policy,
                List.of(),
                now + policy.timeouts().total().toNanos(),
                false,
                stage.luck().ofCall(request.call()));
        SpineCall call = new SpineCall(this, spec, request);
        call.start();
        if (leaving > 0 && Mixing.unit(spec.seed(), SALT_LEAVES) < leaving) {
            double seconds = -MEAN_PATIENCE_SECONDS * StrictMath.log(1 - Mixing.unit(spec.seed(), SALT_LEAVES + 1));
            stage.time().at(now + (long) (seconds * 1e9), call::clientLeaves);
        }
    }

    int indexOf(ReplicaId replica) {
        Integer index = indices.get(replica);
        if (index == null) {
            throw new IllegalStateException("'" + replica + "' is not of this fleet");
        }
        return index;
    }

    QuotaTime quotaTime() {
        long now = stage.time().nowNanos();
        return QuotaTime.utc(now, now / 1_000_000);
    }

    void park(SpineCall call) {
        parked.add(call);
    }

    void unpark(SpineCall call) {
        parked.remove(call);
    }

    /** Whatever an ended attempt held may suit a call that waits: offered to one after another until one takes it. */
    void slotFreed() {
        if (!parked.isEmpty()) {
            stage.time().at(stage.time().nowNanos(), this::offer);
        }
    }

    private void offer() {
        for (SpineCall call : new ArrayList<>(parked)) {
            if (call.tookOffer()) {
                return;
            }
        }
    }

    @Override
    public List<String> violations() {
        return checks.violations(registry, quotas);
    }
}
