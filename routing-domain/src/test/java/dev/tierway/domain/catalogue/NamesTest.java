package dev.tierway.domain.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses, ids and the other words people write. */
class NamesTest {
    @ParameterizedTest
    @CsvSource({
        "tier:mid/code, MID, code",
        "tier:mid, MID, chat",
        "tier:frontier/my-case.v2, FRONTIER, my-case.v2",
    })
    void a_tier_address_names_tier_and_use_case(String address, ModelTier tier, String useCase) {
        assertThat(Target.parse(address)).isEqualTo(new Target.Tier(tier, new UseCase(useCase)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o", "hf.co/org/model", "anthropic-main/claude-sonnet-4", "mid/code", "Tier:mid"})
    void every_other_text_is_one_name_never_split_at_a_slash(String address) {
        assertThat(Target.parse(address)).isEqualTo(new Target.Named(address));
        assertThat(Target.parse(address).address()).isEqualTo(address);
    }

    @Test
    void addresses_read_back_as_they_are_written() {
        assertThat(Target.tier(ModelTier.MID, UseCase.CODE).address()).isEqualTo("tier:mid/code");
        assertThat(Target.model("gpt-4o").address()).isEqualTo("gpt-4o");
        assertThat(Target.replica("a/b/c").address()).isEqualTo("a/b/c");
    }

    @Test
    void an_unknown_word_is_answered_with_the_known_ones() {
        assertThatThrownBy(() -> Target.parse("tier:huge/code"))
                .hasMessage("unknown tier 'huge'; tiers are micro, small, mid, frontier");
        assertThatThrownBy(() -> Capability.parse("telepathy")).hasMessageContaining("tools, json, vision");
        assertThatThrownBy(() -> Strategy.parse("best"))
                .hasMessageContaining("adaptive, priority, round-robin, weighted, least-requests");
        assertThatThrownBy(() -> Target.parse(" ")).hasMessageContaining("tier:mid/chat");
        assertThatThrownBy(() -> Target.parse("tier:mid/")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void every_enumeration_reads_what_it_writes() {
        for (ModelTier tier : ModelTier.values()) {
            assertThat(ModelTier.parse(tier.id())).isEqualTo(tier);
        }
        for (Capability capability : Capability.values()) {
            assertThat(Capability.parse(capability.id())).isEqualTo(capability);
        }
        for (Strategy strategy : Strategy.BUILT_IN) {
            assertThat(Strategy.parse(strategy.id())).isEqualTo(strategy);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hf.co/Org/Model-13B:q4_K@main+x", "a", "9/x"})
    void models_and_replicas_may_have_paths_for_ids(String id) {
        assertThat(new ModelId(id)).hasToString(id);
        assertThat(new ReplicaId(id)).hasToString(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "-a", "a b", "ä", "a\nb", "a\"b"})
    void what_could_not_be_written_in_a_header_or_a_path_is_no_id(String id) {
        assertThatThrownBy(() -> new ReplicaId(id)).hasMessageContaining("is not a valid replica id");
        assertThatThrownBy(() -> new ModelId(id)).hasMessageContaining("is not a valid model id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "a/b", "a:b", "_a", ""})
    void providers_quota_domains_and_use_cases_have_plain_names(String id) {
        assertThatThrownBy(() -> new ProviderId(id)).hasMessageContaining("is not a valid provider id");
        assertThatThrownBy(() -> new QuotaDomainId(id)).hasMessageContaining("is not a valid quota domain id");
        assertThatThrownBy(() -> new UseCase(id)).hasMessageContaining("is not a valid use case id");
    }

    @Test
    void an_id_has_two_hundred_characters_at_most() {
        assertThat(new ModelId("a".repeat(200)).value()).hasSize(200);
        assertThatThrownBy(() -> new ModelId("a".repeat(201))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_clock_must_run() {
        for (Duration bad : new Duration[] {Duration.ZERO, Duration.ofSeconds(-1)}) {
            assertThatThrownBy(() -> new Timeouts.Override(null, null, null, bad, null, null).over(Timeouts.DEFAULTS))
                    .hasMessageContaining("timeout idle must be more than 0");
        }
        assertThatThrownBy(() -> new Timeouts.Override(null, null, Duration.ofMillis(-1), null, null, null)
                        .over(Timeouts.DEFAULTS))
                .hasMessageContaining("first-token-per-1k-input");
    }

    @Test
    void an_override_leaves_alone_what_it_does_not_name() {
        Timeouts timeouts =
                new Timeouts.Override(null, Duration.ofSeconds(8), null, null, null, null).over(Timeouts.DEFAULTS);

        assertThat(timeouts.firstToken()).isEqualTo(Duration.ofSeconds(8));
        assertThat(Timeouts.Override.NONE.over(timeouts)).isEqualTo(timeouts);
        assertThat(timeouts.connect()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void circuits_are_checked_across_their_fields() {
        assertThatThrownBy(() -> circuit(0, 0.8, 5, 300)).hasMessageContaining("1 or more");
        assertThatThrownBy(() -> circuit(5, 1.1, 5, 300)).hasMessageContaining("success-rate");
        assertThatThrownBy(() -> circuit(5, Double.NaN, 5, 300)).hasMessageContaining("success-rate");
        assertThatThrownBy(() -> circuit(5, 0.8, 0, 300)).hasMessageContaining("more than 0");
        assertThatThrownBy(() -> circuit(5, 0.8, 10, 5)).hasMessageContaining("max-open");
    }

    private static CircuitSettings circuit(int failures, double rate, int open, int maxOpen) {
        return new CircuitSettings(
                failures,
                rate,
                Duration.ofSeconds(30),
                5,
                Duration.ofSeconds(open),
                Duration.ofSeconds(maxOpen),
                1,
                Duration.ofSeconds(30));
    }
}
