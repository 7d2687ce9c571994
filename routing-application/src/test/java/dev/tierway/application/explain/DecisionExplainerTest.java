package dev.tierway.application.explain;

import static dev.tierway.domain.fixture.Demand.demand;
import static dev.tierway.domain.fixture.Failures.failure;
import static dev.tierway.domain.fixture.Failures.retryAfter;
import static dev.tierway.domain.fixture.Models.model;
import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.call.CallSpec;
import dev.tierway.domain.call.DryRun;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.call.TimerKind;
import dev.tierway.domain.catalogue.UseCase;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.fixture.Past;
import dev.tierway.domain.fixture.Requests;
import dev.tierway.domain.fixture.ScriptedCall;
import dev.tierway.domain.fleet.ReplicaRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Decisions as documents and as words. */
class DecisionExplainerTest {
    /** The members of the outside contract, in its order; a document may hold more, never less. */
    private static final Map<String, List<String>> CONTRACT = Map.of(
            "",
            List.of(
                    "id",
                    "at",
                    "dry_run",
                    "request_id",
                    "instance",
                    "config",
                    "seed",
                    "now_ns",
                    "summary",
                    "asked",
                    "outcome",
                    "rounds",
                    "limits",
                    "warnings",
                    "why_not"),
            "asked",
            List.of("address", "level", "route", "rule", "arm", "strategy", "stream", "tokens", "needs", "options"),
            "asked.tokens",
            List.of("input", "output", "how"),
            "outcome",
            List.of(
                    "status",
                    "http_status",
                    "code",
                    "replica",
                    "model",
                    "tier",
                    "escalated",
                    "last_resort",
                    "cost_usd",
                    "tokens"),
            "outcome.tokens",
            List.of("input", "cached_input", "output", "how"),
            "rounds.0",
            List.of("attempt", "chose", "because", "propensity", "candidates", "omitted", "result"),
            "rounds.0.candidates.0",
            List.of("replica", "verdict", "index_usd", "success", "terms_usd", "facts"),
            "rounds.0.candidates.0.terms_usd",
            List.of("local_bonus", "price", "latency", "quota_pressure", "failure"),
            "rounds.0.candidates.0.facts",
            List.of("ttft_ms", "ms_per_token", "in_flight", "limit", "headroom", "circuit", "price_known"),
            "rounds.0.result",
            List.of(
                    "class",
                    "upstream_status",
                    "retry_after_ms",
                    "start_ms",
                    "commit_ms",
                    "end_ms",
                    "charge",
                    "cost_usd",
                    "verdict"));

    private final ManualClock clock = new ManualClock();

    /** A streamed call that a 429 sent from one model to another. */
    private Selection spilled() {
        ReplicaRegistry registry = Fleet.fleet()
                .with(model("sonnet").serving(UseCase.CHAT, UseCase.CODE).window(200_000))
                .with(replica("anthropic/sonnet").price("3", "15").limit(64))
                .with(model("gpt").serving(UseCase.CHAT).window(128_000))
                .with(replica("azure/gpt").price("3.5", "16"))
                .with(replica("box/gpt").weight(0))
                .with(replica("gpu/gpt").unpriced())
                .registry();
        new Past(registry, clock)
                .delivered("anthropic/sonnet", 3)
                .delivered("azure/gpt", 3)
                .failed("gpu/gpt", failure(FailureClass.UPSTREAM_FAULT), 5);
        clock.advance(Duration.ofSeconds(1));
        ScriptedCall call = ScriptedCall.call(
                        registry, Requests.tier(registry.catalogue()).stream().maxOutput(120), clock)
                .seed(8841)
                .started();
        clock.advance(Duration.ofMillis(180));
        call.fails(retryAfter(FailureClass.RATE_LIMITED, 12_000));
        clock.advance(Duration.ofMillis(600));
        call.commits();
        clock.advance(Duration.ofMillis(900));
        return call.delivers().selection();
    }

    private Selection dryRun(ReplicaRegistry registry, Requests request) {
        CallSpec spec = ScriptedCall.call(registry, request, clock).spec();
        return DryRun.of(spec, registry, clock.nanos());
    }

    private static Object at(Object json, String path) {
        Object found = json;
        for (String step : path.isEmpty() ? new String[0] : path.split("\\.")) {
            found = found instanceof List<?> list ? list.get(Integer.parseInt(step)) : ((Map<?, ?>) found).get(step);
        }
        return found;
    }

    /** One line per leaf, its path before it, in document order. */
    private static void flatten(String path, @Nullable Object json, List<String> lines) {
        if (json instanceof Map<?, ?> map && !map.isEmpty()) {
            map.forEach((key, value) -> flatten(path + "." + key, value, lines));
        } else if (json instanceof List<?> list && !list.isEmpty()) {
            for (int i = 0; i < list.size(); i++) {
                flatten(path + "[" + i + "]", list.get(i), lines);
            }
        } else {
            lines.add(path.substring(1) + " = " + json);
        }
    }

    private static List<String> golden(String name) throws IOException {
        try (InputStream in = DecisionExplainerTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    @Test
    void a_decision_has_every_member_of_the_contract_in_its_order() {
        Map<String, ?> json = DecisionExplainer.document(spilled()).json();

        CONTRACT.forEach((path, members) -> {
            List<String> keys = ((Map<?, ?>) at(json, path))
                    .keySet().stream().map(String::valueOf).toList();
            assertThat(keys).as(path).containsSubsequence(members);
        });
    }

    @Test
    void a_decision_is_the_committed_one_to_the_last_digit() throws IOException {
        List<String> lines = new ArrayList<>();
        flatten("", DecisionExplainer.document(spilled()).json(), lines);

        assertThat(lines).containsExactlyElementsOf(golden("spilled-decision.txt"));
    }

    @Test
    void unknown_is_null_and_nothing_is_left_out() {
        ReplicaRegistry registry = Fleet.fleet().with(replica("a/m").unpriced()).registry();
        Map<String, ?> json = DecisionExplainer.document(dryRun(registry, Requests.tier(registry.catalogue())))
                .json();

        assertThat(at(json, "outcome")).isNull();
        assertThat(at(json, "rounds.0.result")).isNull();
        assertThat(at(json, "asked.tokens.output")).isNull();
        assertThat(at(json, "asked.route")).isNull();
        assertThat(at(json, "rounds.0.candidates.0.facts.limit")).isNull();
        assertThat(at(json, "rounds.0.candidates.0.facts.headroom")).isNull();
        assertThat(at(json, "rounds.0.candidates.0.facts.price_known")).isEqualTo(false);
        assertThat(at(json, "dry_run")).isEqualTo(true);
    }

    @Test
    void a_cost_that_is_not_known_is_null_and_one_that_came_back_is_zero() {
        ReplicaRegistry unpriced = Fleet.fleet().with(replica("a/m").unpriced()).registry();
        Selection delivered = ScriptedCall.call(unpriced, Requests.tier(unpriced.catalogue()), clock)
                .started()
                .delivers()
                .selection();
        assertThat(at(DecisionExplainer.document(delivered).json(), "outcome.cost_usd"))
                .isNull();

        ReplicaRegistry priced = Fleet.of("a/m").registry();
        Selection refunded = ScriptedCall.call(priced, Requests.tier(priced.catalogue()), clock)
                .started()
                .fails(FailureClass.INVALID_REQUEST)
                .selection();
        assertThat(at(DecisionExplainer.document(refunded).json(), "outcome.cost_usd"))
                .isEqualTo("0");
        assertThat(at(DecisionExplainer.document(refunded).json(), "rounds.0.result.cost_usd"))
                .isEqualTo("0");
    }

    @Test
    void thirty_two_candidates_are_shown_and_the_rest_counted() {
        Fleet many = Fleet.fleet();
        for (int i = 0; i < 40; i++) {
            many.with(replica("p" + i + "/m").weight(i < 30 ? 1 : 0));
        }
        ReplicaRegistry registry = many.registry();

        Map<String, ?> json = DecisionExplainer.document(dryRun(registry, Requests.tier(registry.catalogue())))
                .json();

        assertThat((List<?>) at(json, "rounds.0.candidates")).hasSize(32);
        assertThat(at(json, "rounds.0.omitted")).isEqualTo(Map.of("weight_zero", 8));
        assertThat(at(json, "replayable")).isEqualTo(true);
    }

    @Test
    void a_decision_among_more_than_its_record_holds_cannot_be_replayed_and_says_so() {
        Fleet many = Fleet.fleet();
        for (int i = 0; i < 257; i++) {
            many.with(replica("p" + i + "/m"));
        }
        ReplicaRegistry registry = many.registry();

        Map<String, ?> json = DecisionExplainer.document(dryRun(registry, Requests.tier(registry.catalogue())))
                .json();

        assertThat(at(json, "replayable")).isEqualTo(false);
        assertThat(at(json, "rounds.0.omitted")).isEqualTo(Map.of("eligible", 225));
    }

    @Test
    void the_worse_of_the_replicas_and_its_credentials_circuit_is_shown() {
        ReplicaRegistry registry = Fleet.of("a/m", "a/n").registry();
        Past past = new Past(registry, clock).failed("a/m", failure(FailureClass.TIMEOUT), 5);
        clock.advance(Duration.ofSeconds(6));
        registry.committed(past.probing("a/m"), clock.nanos());
        past.failed("a/n", failure(FailureClass.CREDENTIAL), 1);

        Map<String, ?> json = DecisionExplainer.document(dryRun(registry, Requests.pinned(registry.catalogue(), "a/m")))
                .json();

        assertThat(at(json, "rounds.0.candidates.0.facts.circuit")).isEqualTo("open");
    }

    @Test
    void a_repeat_and_the_next_model_are_told_apart_from_the_next_replica() {
        ReplicaRegistry registry = Fleet.of("a/m").registry();
        ScriptedCall repeated = ScriptedCall.call(registry, Requests.tier(registry.catalogue()), clock)
                .started()
                .fails(retryAfter(FailureClass.RATE_LIMITED, 10));
        repeated.rings(TimerKind.PARK);
        Map<String, ?> json =
                DecisionExplainer.document(repeated.delivers().selection()).json();

        List<String> verdicts = new ArrayList<>();
        List<String> because = new ArrayList<>();
        for (Object round : (List<?>) at(json, "rounds")) {
            Object result = at(round, "result");
            verdicts.add(result == null ? "none" : String.valueOf(at(result, "verdict")));
            because.add(String.valueOf(at(round, "because")));
        }
        assertThat(because).containsExactly("only_eligible", "nobody_eligible", "only_eligible");
        assertThat(verdicts).containsExactly("repeat", "none", "delivered");
    }

    @Test
    void words_say_who_answered_and_why_not_somebody_else() {
        assertThat(DecisionExplainer.summary(spilled()))
                .isEqualTo(
                        "azure/gpt answered, after anthropic/sonnet answered 429 (rate_limited, retry after 12000 ms)");
    }

    @Test
    void words_say_why_nobody_could_and_what_to_do() {
        ReplicaRegistry registry = Fleet.of("a/m", "b/m", "c/m").registry();
        Selection refused = dryRun(
                registry,
                Requests.tier(registry.catalogue()).under(demand().exclude("m").build()));

        assertThat(DecisionExplainer.summary(refused)).isEqualTo("nobody can serve tier:mid/chat now: excluded ×3");
        Selection call = ScriptedCall.call(
                        registry,
                        Requests.tier(registry.catalogue())
                                .under(demand().exclude("m").build()),
                        clock)
                .started()
                .selection();
        assertThat(DecisionExplainer.summary(call))
                .contains("excluded ×3")
                .endsWith("Relax the call's options; GET /v1/route/decisions/call shows which forbid whom");
    }

    @Test
    void words_for_a_dry_run_say_who_would_be_called_and_why() {
        ReplicaRegistry registry = Fleet.of("a/m").registry();

        assertThat(DecisionExplainer.summary(dryRun(registry, Requests.tier(registry.catalogue()))))
                .isEqualTo("a/m would be called (the only eligible one)");
    }

    @Test
    void words_for_a_call_that_ended_otherwise_say_so() {
        ReplicaRegistry registry = Fleet.of("a/m").registry();
        ScriptedCall.Plan plan = ScriptedCall.call(registry, Requests.tier(registry.catalogue()).stream(), clock);

        ScriptedCall late = plan.started();
        late.rings(TimerKind.TOTAL);
        late.rings(TimerKind.CLOSING);
        assertThat(DecisionExplainer.summary(late.selection()))
                .isEqualTo("the call's total time is over before an answer came");
        assertThat(DecisionExplainer.summary(plan.started().clientLeaves().selection()))
                .isEqualTo("the client left");
        assertThat(DecisionExplainer.summary(plan.started()
                        .commits()
                        .fails(FailureClass.STREAM_BROKEN)
                        .selection()))
                .isEqualTo("a/m broke off in the middle of its answer: failed (stream_broken)");
        ScriptedCall hurried =
                plan.deadline(java.time.Duration.ofSeconds(5)).started().commits();
        hurried.rings(TimerKind.TOTAL);
        assertThat(DecisionExplainer.summary(
                        hurried.fails(FailureClass.CANCELLED).selection()))
                .isEqualTo("a/m was cut off in the middle of its answer: the caller's deadline passed");
        ScriptedCall stopped = plan.started();
        stopped.feed(new dev.tierway.domain.call.Event.Stopped("shutdown"));
        assertThat(DecisionExplainer.summary(stopped.selection())).isEqualTo("the call was stopped by shutdown");
        ScriptedCall unanswered = plan.startedWithoutGrants();
        unanswered.feed(new dev.tierway.domain.call.Event.ReserveFailed(unanswered.attempt(1), "down"));
        assertThat(DecisionExplainer.summary(unanswered.selection())).isEqualTo("limits can't be checked now: down");
        ScriptedCall denied = plan.startedWithoutGrants();
        denied.feed(new dev.tierway.domain.call.Event.Denied(
                denied.attempt(1),
                dev.tierway.domain.fixture.Limits.ofCaller(dev.tierway.domain.quota.Dimension.TOKENS),
                null));
        assertThat(DecisionExplainer.summary(denied.selection()))
                .isEqualTo("limit 'key:team' allows 1000 tokens per minute: 0 tokens left, this call may take 2024"
                        + " tokens; waiting doesn't help");
    }

    @Test
    void a_call_without_any_candidate_is_told_so() {
        ReplicaRegistry registry = Fleet.fleet().with(model("m")).registry();

        assertThat(DecisionExplainer.summary(dryRun(registry, Requests.tier(registry.catalogue()))))
                .contains("there are no candidates");
    }
}
