package dev.tierway.application.replay;

import static dev.tierway.domain.fixture.Models.model;
import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.application.explain.DecisionExplainer;
import dev.tierway.application.explain.Detail;
import dev.tierway.domain.call.CallIdentity;
import dev.tierway.domain.call.CallSpec;
import dev.tierway.domain.call.DryRun;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Failures;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.fixture.Past;
import dev.tierway.domain.fixture.Policies;
import dev.tierway.domain.fixture.Requests;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.routing.Candidate;
import dev.tierway.domain.routing.Choice;
import dev.tierway.domain.routing.Pick;
import dev.tierway.domain.routing.PrefixHashes;
import dev.tierway.domain.routing.RankingStrategy;
import dev.tierway.domain.routing.RequestFeatures;
import dev.tierway.domain.routing.RoutingPolicy;
import dev.tierway.domain.routing.Situation;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What records hold, what they don't, and what is told when one can't be replayed. */
class ReplayTest {
    private static final RankingStrategy LAST = new RankingStrategy() {
        @Override
        public Strategy id() {
            return new Strategy("last");
        }

        @Override
        public Pick pick(List<Candidate> eligible, Situation situation) {
            return Pick.of(eligible.getLast(), 1);
        }
    };

    private static Fleet fleet(int replicas) {
        Fleet fleet = Fleet.fleet().with(model("m"));
        for (int i = 0; i < replicas; i++) {
            fleet.with(replica("p" + i + "/m").price("1", "2"));
        }
        return fleet;
    }

    private static Selection dryRun(Fleet fleet, RoutingPolicy policy) {
        return dryRun(fleet.registry(), policy, 0);
    }

    private static Selection dryRun(ReplicaRegistry registry, RoutingPolicy policy, long nowNanos) {
        RequestFeatures asked = Requests.tier(registry.catalogue()).build();
        RequestFeatures features = new RequestFeatures(
                asked.ask(),
                asked.stream(),
                asked.tokens(),
                asked.needs(),
                asked.constraints(),
                null,
                new PrefixHashes(new long[] {1234567890123L}, new int[] {1024}));
        CallSpec spec = new CallSpec(
                new CallIdentity("dec_1", "req_1", "gw", 0, 0, Map.of()),
                features,
                policy,
                List.of(),
                Long.MAX_VALUE,
                false,
                7);
        return DryRun.of(spec, registry, nowNanos);
    }

    private static Map<String, Object> document(Selection selection) {
        return new LinkedHashMap<>(
                DecisionExplainer.document(selection, Detail.REPLAY).json());
    }

    @Test
    void a_record_holds_no_hash_of_the_prompt() {
        Selection selection = dryRun(fleet(2), RoutingPolicy.DEFAULTS);

        String json = new String(DecisionExplainer.json(selection, Detail.REPLAY), StandardCharsets.UTF_8);

        assertThat(json).contains("\"replay\":{").doesNotContain("1234567890123");
    }

    @Test
    void only_who_asks_gets_the_record() {
        Selection selection = dryRun(fleet(2), RoutingPolicy.DEFAULTS);

        assertThat(DecisionExplainer.document(selection).json()).doesNotContainKey("replay");
        assertThat(document(selection)).containsEntry("replayable", true).containsKey("replay");
    }

    @Test
    void more_than_256_candidates_are_not_recorded() {
        Map<String, Object> document = document(dryRun(fleet(257), RoutingPolicy.DEFAULTS));

        assertThat(document).containsEntry("replayable", false).containsEntry("replay", null);
        assertThatThrownBy(() -> Replay.of(document)).hasMessageContaining("no record to replay");
        assertThat(Replay.of(dryRun(fleet(256), RoutingPolicy.DEFAULTS)).same()).isTrue();
    }

    @Test
    void a_last_resort_is_the_same_again() {
        ManualClock clock = new ManualClock();
        ReplicaRegistry registry = fleet(2).registry();
        new Past(registry, clock)
                .failed("p0/m", Failures.failure(FailureClass.TIMEOUT), 5)
                .failed("p1/m", Failures.failure(FailureClass.TIMEOUT), 5);
        Selection selection = dryRun(registry, RoutingPolicy.DEFAULTS, clock.nanos());

        assertThat(selection.rounds().getFirst().choice())
                .isInstanceOfSatisfying(
                        Choice.Chosen.class,
                        chosen -> assertThat(chosen.because()).isEqualTo(Choice.Because.LAST_RESORT));
        assertThat(Replay.of(document(selection)).same()).isTrue();
    }

    @Test
    void a_record_of_another_version_is_refused() {
        Map<String, Object> document = document(dryRun(fleet(2), RoutingPolicy.DEFAULTS));
        Map<String, Object> older = new LinkedHashMap<>(record(document));
        older.put("version", "1");
        document.put("replay", older);

        assertThatThrownBy(() -> Replay.of(document))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("replay it with the version that recorded it");
    }

    @Test
    void a_damaged_record_is_refused() {
        Map<String, Object> document = document(dryRun(fleet(2), RoutingPolicy.DEFAULTS));
        Map<String, Object> damaged = new LinkedHashMap<>(record(document));
        damaged.put("values", List.of());
        document.put("replay", damaged);

        assertThatThrownBy(() -> Replay.of(document))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void a_strategy_of_ones_own_has_to_be_given() {
        Selection selection = dryRun(fleet(3), Policies.policy().strategy(LAST).build());

        assertThatThrownBy(() -> Replay.of(document(selection))).hasMessageContaining("'last' is not built in");
        assertThat(Replay.of(document(selection), name -> LAST).same()).isTrue();
        assertThat(Replay.of(selection).same()).isTrue();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> record(Map<String, Object> document) {
        return (Map<String, Object>) document.get("replay");
    }
}
