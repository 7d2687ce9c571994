package dev.tierway.domain.call;

import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.fixture.Models;
import dev.tierway.domain.fixture.Operators;
import dev.tierway.domain.fixture.Past;
import dev.tierway.domain.fixture.Policies;
import dev.tierway.domain.fixture.Replicas;
import dev.tierway.domain.fixture.Requests;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.operator.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random fleets with a random past, as seeds of one number: phases, weights, limits, locals, several models and
 * providers, circuits open and half open, rests, operators' marks.
 */
public final class RandomFleets {
    private static final List<FailureClass> CLASSES = List.of(FailureClass.values());
    private static final List<FailureClass> SPILLING = List.of(
            FailureClass.UPSTREAM_FAULT,
            FailureClass.TRANSPORT,
            FailureClass.TIMEOUT,
            FailureClass.RATE_LIMITED,
            FailureClass.OVERLOADED);

    public final ManualClock clock = new ManualClock();
    public final ReplicaRegistry registry;
    final Random random;

    private RandomFleets(Random random, ReplicaRegistry registry) {
        this.random = random;
        this.registry = registry;
    }

    public static RandomFleets of(long seed) {
        Random random = new Random(seed);
        Fleet fleet = Fleet.fleet();
        List<Replicas> replicas = new ArrayList<>();
        int models = 1 + random.nextInt(3);
        for (int model = 0; model < models; model++) {
            fleet.with(Models.model("m" + model));
            int size = 1 + random.nextInt(5);
            for (int i = 0; i < size; i++) {
                replicas.add(replica(random, "p" + random.nextInt(6) + "/m" + model, replicas.size()));
            }
        }
        fleet.with(Models.model("big").tier(ModelTier.FRONTIER));
        replicas.add(replica(random, "p9/big", replicas.size()));
        replicas.forEach(fleet::with);
        RandomFleets made = new RandomFleets(random, fleet.registry());
        made.live(replicas.size());
        return made;
    }

    private static Replicas replica(Random random, String id, int n) {
        Replicas replica =
                Replicas.replica(id).named(id + "-" + n).price("" + random.nextInt(20), "" + random.nextInt(50));
        if (random.nextInt(5) == 0) {
            replica.unpriced();
        }
        if (random.nextInt(4) == 0) {
            replica.local();
        }
        if (random.nextInt(3) == 0) {
            replica.limit(1 + random.nextInt(3));
        }
        return replica.weight(random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(5))
                .phase(random.nextInt(8) == 0 ? Phase.DRAINING : random.nextInt(5) == 0 ? Phase.STANDBY : Phase.ACTIVE);
    }

    private void live(int size) {
        Past past = new Past(registry, clock);
        for (int step = 0; step < 2 * size; step++) {
            String id = anyId();
            switch (random.nextInt(5)) {
                case 0, 1 -> past.delivered(id, hasRoom(past, id) ? random.nextInt(5) : 0);
                case 2 -> fail(past, id);
                case 3 -> clock.advance(Duration.ofMillis(random.nextInt(5000)));
                default -> {
                    switch (random.nextInt(12)) {
                        case 0, 1 -> Operators.mark(registry, Scope.replica(id), random.nextBoolean());
                        case 2 -> Operators.phase(registry, Scope.replica(id), Phase.values()[random.nextInt(3)]);
                        case 3 -> Operators.resetCircuit(registry, Scope.replica(id));
                        default -> {}
                    }
                }
            }
        }
    }

    private boolean hasRoom(Past past, String id) {
        return !past.view(id).state().cooldown().active(clock.nanos())
                && !past.view(id).provider().cooldown().active(clock.nanos());
    }

    private void fail(Past past, String id) {
        int times = 1 + random.nextInt(5);
        for (int i = 0; i < times && hasRoom(past, id); i++) {
            past.failed(id, failure(), 1);
        }
    }

    String anyId() {
        List<String> ids = registry.catalogue().replicas().stream()
                .map(replica -> replica.id().value())
                .toList();
        return ids.get(random.nextInt(ids.size()));
    }

    /** Any class, any scope, sometimes with a time to wait. */
    Failure failure() {
        return new Failure(
                random.nextInt(4) == 0 ? any(CLASSES) : any(SPILLING),
                random.nextInt(4) == 0 ? Failure.Scope.PROVIDER : Failure.Scope.REPLICA,
                Processed.values()[random.nextInt(3)],
                null,
                random.nextBoolean() ? null : Long.valueOf(random.nextInt(3000)),
                null,
                "");
    }

    private FailureClass any(List<FailureClass> classes) {
        return classes.get(random.nextInt(classes.size()));
    }

    /** By tier, by model or pinned; sometimes with permission to escalate. */
    Requests request() {
        Catalogue catalogue = registry.catalogue();
        Requests request = switch (random.nextInt(10)) {
            case 0 -> Requests.pinned(catalogue, anyId());
            case 1 -> Requests.model(catalogue, "m0");
            default -> Requests.tier(catalogue);
        };
        if (random.nextInt(3) == 0 && !request.build().ask().pinned()) {
            request.escalatingTo(catalogue, ModelTier.FRONTIER);
        }
        return random.nextBoolean() ? request.stream() : request;
    }

    Policies policy() {
        var strategies = dev.tierway.domain.routing.BuiltInStrategy.values();
        return Policies.policy()
                .exploration(random.nextInt(3) * 0.1)
                .hedging(random.nextBoolean() ? 1 : 0)
                .strategy(
                        random.nextBoolean()
                                ? dev.tierway.domain.routing.BuiltInStrategy.ADAPTIVE
                                : strategies[random.nextInt(strategies.length)]);
    }
}
