package dev.tierway.application.service;

import static dev.tierway.domain.fixture.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.fixture.FakeTransport;
import dev.tierway.application.fixture.RecordingSink;
import dev.tierway.application.fixture.TestApplication;
import dev.tierway.application.port.in.CallHandle;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.out.AttemptMemo;
import dev.tierway.application.port.out.AttemptOutcome;
import dev.tierway.application.port.out.LedgerRow;
import dev.tierway.application.port.out.RoutingListener;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.Policies;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.quota.Amounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the account book says of every way an attempt can end. */
class AttemptRowsTest {
    private final TestApplication two = TestApplication.with(Fleet.of("a/m", "b/m"));
    private final RecordingSink sink = new RecordingSink();

    private static LedgerRow only(TestApplication application) {
        assertThat(application.recorded.rows).hasSize(1);
        return application.recorded.rows.getFirst();
    }

    private static CallOptions named() {
        return CallOptions.builder()
                .agent("researcher")
                .workflow("nightly")
                .endUser("ann")
                .session("s-1")
                .tags(Map.of("team", "search"))
                .build();
    }

    @Test
    void a_row_says_who_asked_where_it_went_and_for_what() {
        two.start(two.command(Target.parse("tier:mid/chat"), false, named()), sink);
        two.transport.last().answers("hi");

        LedgerRow row = only(two);
        assertThat(row.outcome()).isEqualTo(AttemptOutcome.DELIVERED);
        assertThat(row.origin())
                .isEqualTo(new LedgerRow.Origin(
                        "req", "chat", null, "researcher", "nightly", "ann", "s-1", Map.of("team", "search")));
        assertThat(row.served().tier()).isEqualTo(ModelTier.MID);
        assertThat(row.attempt().callId()).isEqualTo(sink.selection().identity().callId());
    }

    @Test
    void a_named_model_has_no_use_case() {
        two.start(two.command("m", false), sink);
        two.transport.last().answers("hi");

        assertThat(only(two).origin().useCase()).isNull();
    }

    @Test
    void a_streams_times_are_counted_from_the_moment_it_left() {
        two.stream(sink);
        two.advance(Duration.ofMillis(30));
        FakeTransport.Attempt attempt = two.transport.last().sent();
        two.advance(Duration.ofMillis(200));
        attempt.head().says("a");
        two.advance(Duration.ofMillis(100));
        attempt.ends();

        LedgerRow.Timing timing = only(two).timing();
        assertThat(timing.startEpochMillis() - sink.selection().identity().atEpochMillis())
                .isEqualTo(30);
        assertThat(timing.firstTokenNanos()).isEqualTo(200_000_000);
        assertThat(timing.durationNanos()).isEqualTo(300_000_000);
    }

    @Test
    void a_unary_reply_has_no_first_token() {
        two.call(sink);
        two.transport.last().answers("hi");

        assertThat(only(two).timing().firstTokenNanos()).isNull();
    }

    @Test
    void an_attempt_that_never_left_took_no_known_time() {
        two.transport.always(attempt -> attempt.fails(failure(FailureClass.TRANSPORT)));
        two.call(sink);

        assertThat(two.recorded.rows).isNotEmpty().allSatisfy(row -> {
            assertThat(row.outcome()).isEqualTo(AttemptOutcome.FAILED);
            assertThat(row.timing().durationNanos()).isNull();
            assertThat(row.cost()).isEqualTo(NanoUsd.ZERO);
        });
    }

    @Test
    void a_failed_attempt_and_the_one_after_it_have_a_row_each() {
        two.call(sink);
        two.transport.last().sent().fails(FailureClass.OVERLOADED);
        two.transport.last().answers("hi");

        assertThat(two.recorded.rows)
                .extracting(LedgerRow::outcome)
                .containsExactly(AttemptOutcome.FAILED, AttemptOutcome.DELIVERED);
        assertThat(two.recorded.rows).extracting(row -> row.attempt().n()).containsExactly(1, 2);
        assertThat(two.recorded.rows).extracting(LedgerRow::first).containsExactly(true, false);
    }

    @Test
    void a_caller_that_leaves_cancels() {
        CallHandle handle = two.stream(sink);
        FakeTransport.Attempt attempt = two.transport.last().sent().head().says("a");
        handle.leave();
        two.executor.turn();
        attempt.fails(FailureClass.CANCELLED);

        assertThat(only(two).outcome()).isEqualTo(AttemptOutcome.CANCELLED);
        assertThat(only(two).failure()).isEqualTo(FailureClass.CANCELLED);
    }

    @Test
    void what_the_callers_own_deadline_ends_is_cancelled_and_what_the_configured_total_ends_has_timed_out() {
        two.start(
                two.command(
                        Target.parse("tier:mid"),
                        false,
                        CallOptions.builder().deadline(Duration.ofSeconds(5)).build()),
                sink);
        two.transport.last().sent();
        two.advance(Duration.ofSeconds(5));
        two.transport.last().fails(FailureClass.CANCELLED);
        assertThat(only(two).outcome()).isEqualTo(AttemptOutcome.CANCELLED);

        TestApplication patient = TestApplication.with(Fleet.of("a/m"));
        patient.call(new RecordingSink());
        patient.transport.last().sent();
        patient.advance(Duration.ofSeconds(600));
        patient.transport.last().fails(FailureClass.CANCELLED);
        assertThat(only(patient).outcome()).isEqualTo(AttemptOutcome.FAILED);
        assertThat(only(patient).failure()).isEqualTo(FailureClass.TIMEOUT);
    }

    @Test
    void a_hedge_that_lost_is_abandoned_whether_it_was_cancelled_or_answered_too_late() {
        for (boolean late : new boolean[] {true, false}) {
            TestApplication hedged = TestApplication.with(
                    Fleet.of("a/m", "b/m"), Policies.policy().hedging(1));
            hedged.stream(new RecordingSink());
            FakeTransport.Attempt first = hedged.transport.last().sent();
            hedged.advance(Duration.ofSeconds(29));
            FakeTransport.Attempt second = hedged.transport.last().sent().head();
            assertThat(hedged.transport.attempts()).hasSize(2);
            second.says("a");
            if (late) {
                first.ends();
            } else {
                first.fails(FailureClass.CANCELLED);
            }
            second.ends();

            assertThat(hedged.recorded.rows)
                    .extracting(LedgerRow::outcome)
                    .containsExactly(AttemptOutcome.ABANDONED, AttemptOutcome.DELIVERED);
        }
    }

    @Test
    void an_attempt_of_unknown_outcome_keeps_what_was_reserved() {
        AttemptMemo memo = new AttemptMemo(
                new AttemptId("dec_x", 1),
                "req",
                new ReplicaId("a/m"),
                new ProviderId("a"),
                new ModelId("m"),
                1000,
                "k",
                "researcher",
                null,
                null,
                Map.of("team", "search"),
                null);
        UnsettledAttempts unsettled = new UnsettledAttempts(two.recorded, () -> 9000);
        unsettled.expired(memo, new Amounts(1, 20, 30, new NanoUsd(7)));
        unsettled.expired(memo, new Amounts(1, 20, 30, NanoUsd.ZERO));

        LedgerRow lost = two.recorded.rows.getFirst();
        assertThat(lost.outcome()).isEqualTo(AttemptOutcome.UNKNOWN);
        assertThat(lost.usage()).isEqualTo(TokenUsage.estimated(20, 30));
        assertThat(lost.cost()).isEqualTo(new NanoUsd(7));
        assertThat(lost.timing()).isEqualTo(new LedgerRow.Timing(1000, 9000, null, null));
        assertThat(lost.origin().agent()).isEqualTo("researcher");
        assertThat(lost.origin().tags()).containsEntry("team", "search");
        assertThat(two.recorded.rows.getLast().cost()).as("no price was known").isNull();
    }

    @Test
    void listeners_hear_of_it_too_also_of_what_was_found_before_they_were_there() {
        List<LedgerRow> heard = new ArrayList<>();
        RoutingListener listener = new RoutingListener() {
            @Override
            public void attemptEnded(LedgerRow row) {
                heard.add(row);
            }
        };
        UnsettledAttempts unsettled = new UnsettledAttempts(two.recorded, () -> 9000);
        unsettled.expired(memo(1), Amounts.NONE);
        unsettled.tell(List.of(listener));
        unsettled.expired(memo(2), Amounts.NONE);

        assertThat(heard).isEqualTo(two.recorded.rows).hasSize(2);
    }

    private static AttemptMemo memo(int n) {
        return new AttemptMemo(
                new AttemptId("dec_x", n),
                "req",
                new ReplicaId("a/m"),
                new ProviderId("a"),
                new ModelId("m"),
                1000,
                null,
                null,
                null,
                null,
                Map.of(),
                null);
    }
}
