package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.Tierway;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.routing.Candidate;
import dev.tierway.domain.routing.Pick;
import dev.tierway.domain.routing.RankingStrategy;
import dev.tierway.domain.routing.Situation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules, own strategies and unlisted models from Java. */
class EmbeddedRulesIT {
    private static final String CONFIG = """
        providers:
          - { id: east, kind: simulated, passthrough: true }
          - { id: west, kind: simulated }
        models:
          - { id: m, tier: mid, use-cases: [chat], replicas: [{ provider: east }, { provider: west }] }
        rules:
          - { id: sql, when: { content: { any-of: "SELECT " } }, only: west }
        routing: { strategy: last, own-strategies: [last] }
        """;
    private static final ChatRequest SQL = ChatRequest.of("SELECT 1");

    /** The candidate declared last. */
    private record Last(Strategy id) implements RankingStrategy {
        @Override
        public Pick pick(List<Candidate> eligible, Situation situation) {
            return Pick.of(eligible.getLast(), 1);
        }
    }

    private static Tierway tierway() {
        return Tierway.builder()
                .config(CONFIG)
                .strategy(new Last(new Strategy("last")))
                .build();
    }

    private static ReplicaId chosen(Tierway tierway, String address, ChatRequest request, CallOptions options) {
        return tierway.call(Target.parse(address), request, options)
                                .selection()
                                .rounds()
                                .getFirst()
                                .choice()
                        instanceof dev.tierway.domain.routing.Choice.Chosen chosen
                ? chosen.replica().replica().id()
                : null;
    }

    @Test
    void a_strategy_of_ones_own_ranks_where_the_configuration_names_it() {
        try (Tierway tierway = tierway()) {
            ChatRequest hello = ChatRequest.of("hello");
            assertThat(chosen(tierway, "m", hello, CallOptions.NONE)).isEqualTo(new ReplicaId("west/m"));
            CallOptions single = CallOptions.builder().strategy(Strategy.SINGLE).build();
            assertThat(chosen(tierway, "m", hello, single)).isEqualTo(new ReplicaId("east/m"));
        }
    }

    @Test
    void a_strategy_nobody_brings_is_told_at_the_start() {
        assertThatThrownBy(() -> Tierway.builder().config(CONFIG).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("routing.own-strategies names 'last', but nobody brings it");
    }

    @Test
    void content_rules_see_what_java_callers_say_and_can_be_switched() {
        try (Tierway tierway = tierway()) {
            CallOptions single = CallOptions.builder().strategy(Strategy.SINGLE).build();
            assertThat(chosen(tierway, "m", SQL, single)).isEqualTo(new ReplicaId("west/m"));
            tierway.rules().enable("sql", false);
            assertThat(chosen(tierway, "m", SQL, single)).isEqualTo(new ReplicaId("east/m"));
            assertThat(tierway.rules().list().getFirst().enabled()).isFalse();
            assertThat(tierway.experiments()).isEmpty();
        }
    }

    @Test
    void an_unlisted_model_can_be_called_by_its_address_and_pinned() {
        try (Tierway tierway = tierway()) {
            assertThat(chosen(tierway, "east/org/other", SQL, CallOptions.NONE))
                    .as("sql lets in west only, but nobody is there")
                    .isNull();
        } catch (dev.tierway.application.error.NoEligibleReplicaException refused) {
            assertThat(refused.httpStatus()).isEqualTo(403);
        }
        try (Tierway tierway = tierway()) {
            var pinned = tierway.callReplica("east/org/other", SQL);
            assertThat(pinned.selection().features().ask().pinned()).isTrue();
            assertThat(pinned.selection().features().ask().ruling()).isNull();
        }
    }
}
