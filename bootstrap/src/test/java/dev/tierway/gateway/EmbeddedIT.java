package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.Tierway;
import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.error.TierwayException;
import dev.tierway.application.error.UnknownModelException;
import dev.tierway.application.facade.ChatStream;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.out.LedgerField;
import dev.tierway.application.port.out.LedgerGroup;
import dev.tierway.application.port.out.LedgerQuery;
import dev.tierway.application.port.out.LedgerTotals;
import dev.tierway.application.replay.Replay;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.catalogue.UseCase;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The Java API without any server: the three calls, streams, dry runs, and instances that share nothing. */
class EmbeddedIT {
    private static final String CONFIG = """
        providers:
          - { id: near, kind: simulated, local: true, simulated: { ttft: 1ms, per-token: 1ms, output-tokens: 8 } }
          - { id: far, kind: simulated, simulated: { ttft: 2ms, per-token: 1ms, output-tokens: 8 } }
        models:
          - id: little
            tier: small
            use-cases: [chat]
            replicas: [ { provider: near } ]
          - id: middle
            tier: mid
            use-cases: [chat, code]
            replicas: [ { provider: far, price: { input: 1, output: 2 } } ]
        storage: { ledger: { store: memory }, quota: { store: memory } }
        """;

    @Test
    void the_three_calls_answer_and_explain() {
        try (Tierway tierway = Tierway.builder().config(CONFIG).build()) {
            ChatRequest request = ChatRequest.of("hello");
            var byTier = tierway.callByTier(ModelTier.MID, UseCase.CODE, request);
            assertThat(byTier.response().text()).contains("hello");
            assertThat(byTier.selection().attempts()).isEqualTo(1);
            assertThat(tierway.callLogicalModel("little", request).response().text())
                    .contains("near");
            assertThat(tierway.callReplica("far/middle", request).response().text())
                    .contains("far");
            assertThat(tierway.fleet().replicas())
                    .extracting(one -> one.calls())
                    .containsExactly(1L, 2L);
        }
    }

    @Test
    void a_stream_gives_its_pieces_then_its_selection_and_usage() {
        try (Tierway tierway = Tierway.builder().config(CONFIG).build();
                ChatStream stream = tierway.stream(Target.parse("tier:mid"), ChatRequest.of("hi"), CallOptions.NONE)) {
            int pieces = 0;
            for (ChatEvent event : stream) {
                pieces += event instanceof ChatEvent.TextDelta ? 1 : 0;
            }
            assertThat(pieces).isGreaterThan(1);
            assertThat(stream.text()).contains("hi");
            assertThat(stream.usage())
                    .hasValueSatisfying(usage -> assertThat(usage.output()).isPositive());
            assertThat(stream.selection().attempts()).isEqualTo(1);
        }
    }

    @Test
    void a_dry_run_calls_nobody() {
        try (Tierway tierway = Tierway.builder().config(CONFIG).build()) {
            Selection selection =
                    tierway.explain(Target.tier(ModelTier.MID, UseCase.CHAT), ChatRequest.of("hi"), CallOptions.NONE);
            assertThat(selection.dryRun()).isTrue();
            assertThat(tierway.fleet().replicas())
                    .allSatisfy(one -> assertThat(one.calls()).isZero());
        }
    }

    @Test
    void a_program_learns_why_not_another_and_makes_a_decision_again() throws Exception {
        try (Tierway tierway = Tierway.builder().config(CONFIG).build()) {
            Target target = Target.model("little");
            Selection selection =
                    tierway.call(target, ChatRequest.of("hi"), CallOptions.NONE).selection();
            String id = selection.identity().callId();

            assertThat(tierway.whyNot(target, ChatRequest.of("hi"), CallOptions.NONE, "near/little"))
                    .hasValueSatisfying(answer -> assertThat(answer.chosen()).isTrue());
            assertThat(tierway.whyNot(target, ChatRequest.of("hi"), CallOptions.NONE, "nobody/knows"))
                    .isEmpty();
            var document = tierway.decision(id, true)
                    .toCompletableFuture()
                    .get(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(document)
                    .hasValueSatisfying(
                            found -> assertThat(Replay.of(found.json()).same()).isTrue());
            assertThat(Replay.of(selection).same()).isTrue();
        }
    }

    @Test
    void an_asynchronous_call_completes_and_an_unknown_model_fails_it() throws Exception {
        try (Tierway tierway = Tierway.builder().config(CONFIG).build()) {
            var call = tierway.callAsync(Target.model("little"), ChatRequest.of("hi"), CallOptions.NONE);
            assertThat(call.get(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS)
                            .response()
                            .text())
                    .contains("hi");
            assertThatThrownBy(() -> tierway.call(Target.model("litle"), ChatRequest.of("hi"), CallOptions.NONE))
                    .isInstanceOf(UnknownModelException.class)
                    .hasMessageContaining("Did you mean 'little'?");
        }
    }

    @Test
    void two_gateways_in_one_jvm_share_nothing() {
        try (Tierway one = Tierway.builder().config(CONFIG).build();
                Tierway other = Tierway.builder().config(CONFIG).build()) {
            one.callLogicalModel("little", ChatRequest.of("hi"));
            assertThat(one.usage("near").orElseThrow().calls()).isEqualTo(1);
            assertThat(other.usage("near").orElseThrow().calls()).isZero();
            one.close();
            assertThat(other.callLogicalModel("little", ChatRequest.of("hi"))
                            .response()
                            .text())
                    .contains("hi");
            assertThatThrownBy(() -> one.callLogicalModel("little", ChatRequest.of("hi")))
                    .isInstanceOfSatisfying(
                            TierwayException.class,
                            error -> assertThat(error.code()).isEqualTo("shutting_down"));
        }
    }

    @Test
    void a_program_reads_what_was_done_and_what_it_cost() {
        try (Tierway tierway = Tierway.builder().config(CONFIG).build()) {
            CallOptions options = CallOptions.builder()
                    .agent("researcher")
                    .tags(Map.of("team", "search"))
                    .build();
            tierway.call(Target.model("middle"), ChatRequest.of("hi"), options);
            tierway.callLogicalModel("little", ChatRequest.of("hi"));

            assertThat(tierway.history().rows(LedgerQuery.ALL))
                    .extracting(row -> row.model().value())
                    .containsExactly("little", "middle");
            assertThat(tierway.history()
                            .rows(LedgerQuery.ALL.tag("team", "search").where(LedgerField.AGENT, "researcher")))
                    .hasSize(1)
                    .allSatisfy(row -> assertThat(row.cost().value()).isPositive());
            LedgerTotals totals = tierway.spend(LedgerQuery.ALL, LedgerGroup.MODEL);
            assertThat(totals.all().calls()).isEqualTo(2);
            assertThat(totals.groups()).extracting(LedgerTotals.Group::name).contains("middle", "little");
        }
    }
}
