package dev.tierway.application.service;

import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.application.error.OverloadedException;
import dev.tierway.application.error.UnknownModelException;
import dev.tierway.application.error.UnknownReplicaException;
import dev.tierway.application.fixture.RecordingSink;
import dev.tierway.application.fixture.TestApplication;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.Route;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.catalogue.Timeouts;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.routing.Allowed;
import dev.tierway.domain.routing.Choice;
import dev.tierway.domain.routing.Constraints;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The use cases: three levels of control, dry runs, draining, options. */
class CallServiceTest {
    private final TestApplication app = TestApplication.with(Fleet.of("a/m", "b/m", "c/n"));
    private final RecordingSink sink = new RecordingSink();

    private Selection explain(CallOptions options) {
        return app.service.explain(app.command(Target.parse("tier:mid"), false, options));
    }

    @Test
    void the_three_levels_of_control() {
        app.service.callByTier(app.command("tier:mid", false), sink);
        app.service.callLogicalModel(app.command("n", false), new RecordingSink());
        app.service.callReplica(app.command("b/m", false), new RecordingSink());
        app.executor.turn();

        assertThat(app.transport.attempts()).hasSize(3);
        assertThat(app.transport.attempts().get(1).replica()).isEqualTo("c/n");
        assertThat(app.transport.attempts().get(2).replica()).isEqualTo("b/m");
    }

    @Test
    void a_pinned_call_that_fails_is_not_tried_elsewhere() {
        app.start(app.command("b/m", false), sink);
        app.transport.last().sent().fails(FailureClass.UPSTREAM_FAULT);

        assertThat(app.transport.attempts()).hasSize(1);
        assertThat(sink.result()).isInstanceOf(CallResult.Exhausted.class);
    }

    @Test
    void a_dry_run_decides_as_a_call_would_and_takes_nothing() {
        CallOptions seeded = CallOptions.builder().seed(77).build();
        Selection dry = explain(seeded);
        app.start(app.command(Target.parse("tier:mid"), false, seeded), sink);
        app.transport.last().answers("hi");

        Choice.Chosen explained = (Choice.Chosen) dry.rounds().getFirst().choice();
        Choice.Chosen served =
                (Choice.Chosen) sink.selection().rounds().getFirst().choice();
        assertThat(explained.replica().replica()).isEqualTo(served.replica().replica());
        assertThat(explained.score()).isEqualTo(served.score());
        assertThat(dry.dryRun()).isTrue();
        assertThat(dry.attempts()).isZero();
        assertThat(app.recorded.decisions).hasSize(1);
    }

    @Test
    void a_dry_run_enters_no_replica() {
        explain(CallOptions.NONE);

        assertThat(app.inFlight()).isZero();
        assertThat(app.recorded.started).isEmpty();
        assertThat(app.recorded.decisions).isEmpty();
    }

    @Test
    void names_that_nothing_has_are_told_before_anything_starts() {
        assertThatThrownBy(() -> app.service.call(app.command("nothing", false), sink))
                .isInstanceOf(UnknownModelException.class);
        assertThatThrownBy(() ->
                        app.service.callReplica(app.command(Target.replica("x/y"), false, CallOptions.NONE), sink))
                .isInstanceOf(UnknownReplicaException.class);
        assertThat(app.recorded.started).isEmpty();
        assertThat(app.service.runningCalls()).isZero();
    }

    @Test
    void draining_finishes_what_runs_and_takes_nothing_new() {
        app.call(sink);
        var drained = app.service.drain();

        assertThat(drained).isNotDone();
        assertThat(app.service.draining()).isTrue();
        assertThatThrownBy(() -> app.service.call(app.command("tier:mid", false), new RecordingSink()))
                .isInstanceOfSatisfying(OverloadedException.class, refused -> {
                    assertThat(refused.code()).isEqualTo("shutting_down");
                    assertThat(refused.httpStatus()).isEqualTo(503);
                    assertThat(refused.retryable()).isTrue();
                });
        app.transport.last().answers("hi");
        assertThat(drained).isCompleted();
        assertThat(sink.result()).isInstanceOf(CallResult.Delivered.class);
    }

    @Test
    void draining_an_idle_service_is_done_at_once() {
        assertThat(app.service.drain()).isCompleted();
    }

    @Test
    void what_does_not_end_in_time_can_be_stopped() {
        app.call(sink);
        var drained = app.service.drain();

        app.service.stopAll("shutdown");
        app.executor.turn();

        assertThat(sink.result()).isEqualTo(new CallResult.StoppedBy("shutdown"));
        assertThat(app.transport.last().cancelled()).isTrue();
        assertThat(drained).as("until the vendor's end is accounted").isNotDone();
        app.transport.last().fails(FailureClass.CANCELLED);
        assertThat(drained).isCompleted();
    }

    @Test
    void options_reach_the_decision() {
        Selection selection = explain(CallOptions.builder()
                .local(Constraints.Local.DISABLED)
                .exclude(List.of("a"))
                .only(List.of("m"))
                .require(List.of("tools", "eu"))
                .maxCostUsd(2)
                .optimize(CallOptions.Optimize.INTERACTIVE)
                .strategy(Strategy.COST)
                .seed(9)
                .build());

        var features = selection.features();
        assertThat(features.constraints())
                .isEqualTo(new Constraints(
                        Constraints.Local.DISABLED, List.of("a"), List.of("m"), List.of("eu"), null, Allowed.ALL, 2.0));
        assertThat(features.needs()).extracting(one -> one.id()).containsExactly("tools");
        assertThat(selection.policy().latencyValueUsdPerSecond()).isEqualTo(0.01);
        assertThat(selection.policy().strategy().id()).isEqualTo(Strategy.COST);
        assertThat(selection.seed()).isEqualTo(9);
        assertThat(selection.identity().options())
                .containsEntry("local", "disabled")
                .containsEntry("exclude", "a")
                .containsEntry("require", "tools,eu")
                .containsEntry("max_cost_usd", "2.0")
                .containsEntry("strategy", "cost")
                .containsEntry("optimize", "interactive")
                .containsEntry("seed", "9");
    }

    @Test
    void a_streamed_call_needs_models_that_stream_and_tokens_are_bytes_by_four() {
        Selection selection = app.service.explain(app.command("tier:mid", true));

        assertThat(selection.features().needs()).extracting(one -> one.id()).containsExactly("streaming");
        assertThat(selection.features().tokens().input()).isEqualTo(1000);
    }

    @Test
    void the_callers_deadline_counts_if_it_is_earlier_than_the_total() {
        app.start(
                app.command(
                        Target.parse("tier:mid"),
                        false,
                        CallOptions.builder().deadline(Duration.ofSeconds(3)).build()),
                sink);
        app.advance(Duration.ofSeconds(3));
        app.advance(Duration.ofMillis(250)); // nobody says what was used
        assertThat(sink.result()).isEqualTo(new CallResult.DeadlineExceeded(true));

        RecordingSink patient = new RecordingSink();
        app.start(
                app.command(
                        Target.parse("tier:mid"),
                        false,
                        CallOptions.builder().deadline(Duration.ofDays(200_000)).build()),
                patient);
        app.advance(Duration.ofSeconds(600));
        app.advance(Duration.ofMillis(250));
        assertThat(patient.result()).isEqualTo(new CallResult.DeadlineExceeded(false));
    }

    @Test
    void a_route_brings_its_own_strategy_clocks_and_spillover() {
        TestApplication routed = TestApplication.with(Fleet.fleet()
                .with(replica("a/m").price("9", "9"))
                .with(replica("b/n").price("0", "0"))
                .route(new Route(
                        "support",
                        List.of(Target.model("m"), Target.model("n")),
                        Strategy.PRIORITY,
                        new Timeouts.Override(null, Duration.ofSeconds(8), null, null, null, Duration.ofSeconds(20)),
                        false)));

        routed.start(routed.command("support", false), sink);

        assertThat(routed.transport.last().replica()).isEqualTo("a/m");
        assertThat(routed.transport.last().request().clocks().firstTokenNanos())
                .isEqualTo(Duration.ofMillis(8500).toNanos());
        routed.transport.last().sent().fails(FailureClass.UPSTREAM_FAULT);
        assertThat(routed.transport.attempts()).as("spill: false").hasSize(1);
        assertThat(sink.selection().policy().timeouts().total()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void escalation_needs_a_tier_and_permission() {
        TestApplication tiers = TestApplication.with(Fleet.fleet()
                .with(replica("a/m"))
                .with(dev.tierway.domain.fixture.Models.model("big").tier(ModelTier.FRONTIER))
                .with(replica("b/big")));
        tiers.start(
                tiers.command(
                        Target.parse("tier:mid"),
                        false,
                        CallOptions.builder().escalateTo(ModelTier.FRONTIER).build()),
                sink);
        tiers.transport.last().sent().fails(FailureClass.UPSTREAM_FAULT);

        assertThat(tiers.transport.last().replica()).isEqualTo("b/big");
    }

    @Test
    void every_call_has_its_own_id_that_is_its_decisions_id_too() {
        app.call(sink);
        RecordingSink other = new RecordingSink();
        app.call(other);
        app.transport.attempts().forEach(attempt -> attempt.answers("hi"));

        assertThat(sink.selection().identity().callId())
                .startsWith("dec_")
                .hasSize(24)
                .isNotEqualTo(other.selection().identity().callId());
        assertThat(app.recorded
                        .find(sink.selection().identity().callId(), false)
                        .toCompletableFuture()
                        .join())
                .isPresent();
    }

    @Test
    void a_session_is_known_by_a_hash_of_its_name() {
        long one = session("s1");

        assertThat(explain(CallOptions.NONE).features().prefixes().session()).isZero();
        assertThat(one).isNotZero().isEqualTo(session("s1")).isNotEqualTo(session("s2"));
    }

    private long session(String name) {
        return explain(CallOptions.builder().session(name).build())
                .features()
                .prefixes()
                .session();
    }
}
