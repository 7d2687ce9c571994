package dev.tierway.domain.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.fixture.Replicas;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import org.jspecify.annotations.Nullable;

/** Permits, and what is known of replicas, across reloads that change everything there is to change. */
class ReloadedRegistryProperties {
    private static final List<String> IDS = List.of("x", "y");

    @Property(tries = 1000)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void what_is_known_lives_as_long_as_its_replica_and_permits_end_where_they_began(
            @ForAll("gateways") ActionChain<Gateway> chain) {
        Gateway gateway = chain.withInvariant("as the list says", Gateway::isAsTheListSays)
                .run();
        cover("refused for its limit", gateway.full > 0);
        cover("ended after its replica was gone", gateway.orphans > 0);
        cover("kept over a reload with attempts inside", gateway.keptBusy > 0);
    }

    private static void cover(String what, boolean seen) {
        Statistics.label(what).collect(seen).coverage(all -> all.check(true).percentage(share -> share > 10));
    }

    @Provide
    Arbitrary<ActionChain<Gateway>> gateways() {
        return ActionChain.startWith(Gateway::new)
                .withAction(8, some("enters", Gateway::enter))
                .withAction(2, some("enters by what it saw before a reload", Gateway::enterByOldSight))
                .withAction(3, some("delivered", Gateway::deliver))
                .withAction(2, some("never sent", Gateway::giveBack))
                .withAction(1, some("ends again", Gateway::endAgain))
                .withAction(1, some("probed", Gateway::probe))
                .withAction(2, some("reloads", Gateway::reload))
                .withMaxTransformations(120);
    }

    private interface Doing {
        void with(Gateway gateway, int number);
    }

    private static Action.Independent<Gateway> some(String what, Doing doing) {
        return () -> Arbitraries.integers()
                .between(0, 9999)
                .map(number -> Transformer.mutate(what + " " + number, gateway -> doing.with(gateway, number)));
    }

    /** What should be known of one replica, from its first configuration until it becomes another. */
    private static final class Known {
        private int inside;
        private int calls;
        private int probesFailed;
    }

    private record Inside(Permit permit, Known known) {}

    /** A registry, and beside it what it should know. */
    static final class Gateway {
        private final ManualClock clock = new ManualClock();
        private final ReplicaRegistry registry = new ReplicaRegistry(catalogue(0));
        private final Map<ReplicaId, Known> known = new LinkedHashMap<>();
        private final List<Replica> everSeen = new ArrayList<>();
        private final List<Inside> inside = new ArrayList<>();
        private final List<Permit> ended = new ArrayList<>();
        private int full;
        private int orphans;
        private int keptBusy;

        Gateway() {
            registry.catalogue().replicas().forEach(replica -> {
                known.put(replica.id(), new Known());
                everSeen.add(replica);
            });
        }

        /** Mostly like any other, so that much is kept. */
        private static Catalogue catalogue(int number) {
            SplittableRandom chance = new SplittableRandom(number);
            Fleet fleet = Fleet.fleet();
            for (String provider : List.of("p", "q")) {
                fleet.provider(provider, chance.nextInt(6) == 0 ? "openai" : "simulated");
            }
            for (String id : IDS) {
                if (chance.nextInt(5) > 0 || id.equals("x")) {
                    String place = (chance.nextInt(6) == 0 ? "q" : "p") + "/" + (chance.nextInt(6) == 0 ? "n" : "m");
                    fleet.with(Replicas.replica(place)
                            .named(id)
                            .upstream(chance.nextInt(6) == 0 ? "other" : "usual")
                            .limit(1 + chance.nextInt(3))
                            .weight(chance.nextInt(3)));
                }
            }
            return fleet.catalogue();
        }

        private @Nullable Replica current(int which) {
            return registry.catalogue().replica(new ReplicaId(IDS.get(which % IDS.size())));
        }

        void enter(int which) {
            Replica replica = current(which);
            if (replica != null) {
                enter(replica);
            }
        }

        void enterByOldSight(int which) {
            enter(everSeen.get(which % everSeen.size()));
        }

        private void enter(Replica replica) {
            Replica now = registry.catalogue().replica(replica.id());
            Known one = known.get(replica.id());
            boolean serves = now != null
                    && now.model().equals(replica.model())
                    && now.provider().equals(replica.provider());
            int limit = Objects.requireNonNull(replica.concurrency());

            PermitResult result = registry.acquire(
                    new PermitRequest(replica, false, true, false, new RetryBudget.Rule(0.2, 3)), clock.nanos());

            boolean fits = serves && one != null && one.inside < limit;
            assertThat(result instanceof PermitResult.Granted).isEqualTo(fits);
            if (result instanceof PermitResult.Granted(Permit permit)) {
                one.inside++;
                inside.add(new Inside(permit, one));
                assertThat(state(replica).inFlight()).isBetween(1, limit);
            } else if (serves) {
                full++;
            }
        }

        private ReplicaState state(Replica replica) {
            return view(replica).state();
        }

        private ReplicaView view(Replica replica) {
            return registry.snapshot(List.of(replica), List.of(), clock.nanos())
                    .candidates()
                    .getFirst();
        }

        void deliver(int which) {
            end(which, true);
        }

        void giveBack(int which) {
            end(which, false);
        }

        private void end(int which, boolean sent) {
            if (inside.isEmpty()) {
                return;
            }
            Inside one = inside.remove(which % inside.size());
            one.known.inside--;
            orphans += known.containsValue(one.known) ? 0 : 1;
            if (sent) {
                one.known.calls++;
                one.known.probesFailed = 0;
                registry.sent(one.permit, clock.nanos());
                registry.release(one.permit, new PermitOutcome.Succeeded(true, 1, 2, 1, 1), clock.nanos());
            } else {
                registry.release(one.permit, new PermitOutcome.Unused(), clock.nanos());
            }
            ended.add(one.permit);
        }

        void endAgain(int which) {
            if (!ended.isEmpty()) {
                Permit permit = ended.get(which % ended.size());
                assertThatThrownBy(() -> registry.release(permit, new PermitOutcome.Unused(), clock.nanos()))
                        .isInstanceOf(IllegalStateException.class);
            }
        }

        void probe(int which) {
            Replica replica = current(which);
            if (replica != null) {
                long valid = Duration.ofDays(1).toNanos();
                registry.probed(replica, ProbeResult.UNREACHABLE, clock.nanos(), valid);
                Objects.requireNonNull(known.get(replica.id())).probesFailed++;
            }
        }

        void reload(int number) {
            Catalogue before = registry.catalogue();
            Catalogue after = catalogue(number);
            long generation = registry.generation();

            assertThat(registry.swap(after)).isEqualTo(generation + 1);

            for (String id : IDS) {
                ReplicaId replica = new ReplicaId(id);
                Known old = known.remove(replica);
                Replica now = after.replica(replica);
                if (now != null) {
                    boolean kept =
                            old != null && same(before, Objects.requireNonNull(before.replica(replica)), after, now);
                    known.put(replica, kept ? old : new Known());
                    keptBusy += kept && old.inside > 0 ? 1 : 0;
                    everSeen.add(now);
                }
            }
        }

        private static boolean same(Catalogue before, Replica one, Catalogue after, Replica other) {
            return one.provider().equals(other.provider())
                    && one.model().equals(other.model())
                    && one.upstreamModel().equals(other.upstreamModel())
                    && before.providerOf(one)
                            .kind()
                            .equals(after.providerOf(other).kind());
        }

        void isAsTheListSays() {
            known.forEach((id, expected) -> {
                ReplicaView view =
                        view(Objects.requireNonNull(registry.catalogue().replica(id)));
                assertThat(view.state().inFlight()).as("inside " + id).isEqualTo(expected.inside);
                assertThat(view.state().calls()).as("calls of " + id).isEqualTo(expected.calls);
                assertThat(view.probe().failures()).as("probes of " + id).isEqualTo(expected.probesFailed);
            });
            assertThat(registry.catalogue().replicas()).hasSameSizeAs(known.keySet());
        }
    }
}
