package dev.tierway.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierway.application.access.Caller;
import dev.tierway.application.access.Grant;
import dev.tierway.application.fixture.RecordingSink;
import dev.tierway.application.fixture.TestApplication;
import dev.tierway.application.limits.LimitRule;
import dev.tierway.application.limits.LimitRules;
import dev.tierway.application.limits.LimitsInForce;
import dev.tierway.application.limits.Subject;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.in.LimitStatus;
import dev.tierway.application.port.in.LimitsStatus;
import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.Requests;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Period;
import dev.tierway.domain.quota.Usage;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What those who call have left, worst first. */
class LimitQueriesTest {
    private static final long DOLLAR = 1_000_000_000L;
    private static final long NOON = Instant.parse("2026-11-20T12:00:00Z").toEpochMilli();

    private final Catalogue catalogue = Fleet.of("p/m").catalogue();
    private final TestApplication app = TestApplication.with(Fleet.of("p/m"));
    private final LimitsInForce limits = new LimitsInForce(LimitRules.NONE, () -> NOON);
    private final LimitQueries queries = new LimitQueries(limits, app.quota, () -> NOON);

    private static LimitRule rule(String id, Subject subject, boolean enforced, Limit... some) {
        return new LimitRule(id, subject, List.of(some), enforced, Descriptor.Reserves.WORST_CASE, true);
    }

    private void rules(LimitRule... rules) {
        limits.swap(new LimitRules(List.of(rules), ZoneOffset.UTC, 0.8));
    }

    private void heard(String agent) {
        CallOptions options = CallOptions.builder().agent(agent).build();
        CallCommand plain = app.command(Target.parse("tier:mid"), false, options);
        CallCommand call = new CallCommand(
                plain.target(),
                plain.payload(),
                plain.facts(),
                options,
                plain.requestId(),
                new Caller("k", Grant.ALL),
                plain.details());
        limits.of(call, Requests.tier(catalogue).build().ask(), catalogue);
    }

    private LimitsStatus asked() {
        return queries.limits().toCompletableFuture().join();
    }

    @Test
    void without_rules_nothing_is_limited() {
        assertThat(asked()).isEqualTo(new LimitsStatus(List.of(), 0, 0.8, null));
    }

    @Test
    void money_is_told_in_dollars_until_its_window_ends_with_what_pacing_makes_of_it() {
        rules(rule("house", new Subject.Everyone(), true, Period.DAY.limit(10 * DOLLAR)));
        app.quota.leaves(
                asked -> new Left(asked, 3 * DOLLAR, Duration.ofHours(12).toNanos(), false));

        LimitStatus one = asked().limits().getFirst();
        assertThat(one.owner()).isEqualTo("gateway");
        assertThat(one.counts()).isEqualTo("usd");
        assertThat(one.period()).isEqualTo("day");
        assertThat(List.of(one.limitUsd(), one.usedUsd(), one.leftUsd())).containsExactly("10", "7", "3");
        assertThat(one.limit()).isNull();
        assertThat(one.resetsAt()).isEqualTo("2026-11-21T00:00:00Z");
        assertThat(one.state()).isEqualTo("ok");
        assertThat(one.priceWeight()).as("70 % spent at noon").isCloseTo(2.6, within(1e-9));
    }

    @Test
    void rates_and_concurrency_are_counts() {
        rules(rule(
                "fair",
                new Subject.OfKey("k"),
                false,
                Limit.per(Dimension.REQUESTS, 60, Duration.ofMinutes(1)),
                Limit.concurrency(4)));
        app.quota.leaves(asked -> asked.limit().dimension() == Dimension.REQUESTS
                ? new Left(asked, 6, Duration.ofSeconds(54).toNanos(), false)
                : new Left(asked, 4, 0, false));

        LimitStatus requests = asked().limits().get(0);
        assertThat(List.of(requests.limit(), requests.used(), requests.left())).containsExactly(60L, 54L, 6L);
        assertThat(requests.windowMillis()).isEqualTo(60_000);
        assertThat(requests.resetsAt()).isEqualTo("2026-11-20T12:00:54Z");
        assertThat(requests.state()).isEqualTo("warning");
        assertThat(requests.enforced()).isFalse();
        assertThat(requests.priceWeight()).isNull();
        LimitStatus slots = asked().limits().get(1);
        assertThat(slots.counts()).isEqualTo("concurrency");
        assertThat(slots.windowMillis()).isNull();
        assertThat(slots.resetsAt()).isNull();
    }

    @Test
    void names_that_were_heard_are_shown_worst_first() {
        rules(rule("each", new Subject.Named(Subject.Word.AGENT, null), true, Period.DAY.limit(10 * DOLLAR)));
        List.of("a", "b", "c").forEach(this::heard);
        app.quota.leaves(asked -> switch (asked.owner()) {
            case "budget:each/key=k/agent=a" -> new Left(asked, 9 * DOLLAR, 1, false);
            case "budget:each/key=k/agent=b" -> new Left(asked, 0, 1, true);
            default -> new Left(asked, 0, 1, false);
        });

        assertThat(asked().limits())
                .extracting(LimitStatus::name, LimitStatus::state)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("b", "exceeded"),
                        org.assertj.core.groups.Tuple.tuple("c", "used_up"),
                        org.assertj.core.groups.Tuple.tuple("a", "ok"));
        assertThat(asked().limits().getLast().name()).isEqualTo("a");
        assertThat(asked().limits().getLast().key()).isEqualTo("k");
    }

    @Test
    void what_the_store_cannot_tell_is_unknown_and_never_zero() {
        rules(rule("house", new Subject.Everyone(), true, Period.DAY.limit(10 * DOLLAR)));
        app.quota.leaves(null);

        LimitsStatus status = asked();
        assertThat(status.problem()).isEqualTo("the store is down");
        assertThat(status.limits().getFirst().state()).isEqualTo("unknown");
        assertThat(status.limits().getFirst().usedUsd()).isNull();
        assertThat(status.limits().getFirst().limitUsd()).isEqualTo("10");
    }

    @Test
    void of_very_many_names_the_latest_are_shown_and_the_rest_counted() {
        Limit slot = Limit.concurrency(4);
        rules(
                rule("house", new Subject.Everyone(), true, slot),
                rule("each", new Subject.Named(Subject.Word.AGENT, null), true, slot));
        IntStream.range(0, 1200).forEach(i -> heard("a" + i));
        app.quota.leaves(asked -> new Left(asked, 4, Usage.NEVER, false));

        LimitsStatus status = asked();
        assertThat(status.limits()).hasSize(1000);
        assertThat(status.leftOut()).isEqualTo(201);
        assertThat(status.limits()).extracting(LimitStatus::rule).contains("house");
    }

    @Test
    void names_without_room_are_shown_and_told_of() {
        rules(rule("each", new Subject.Named(Subject.Word.AGENT, null), true, Limit.concurrency(4)));
        IntStream.range(0, 10_001).forEach(i -> heard("a" + i));
        app.quota.leaves(asked -> new Left(asked, asked.countsOthers() ? 0 : 4, Usage.NEVER, false));

        LimitStatus worst = asked().limits().getFirst();
        assertThat(worst.others()).isTrue();
        assertThat(worst.name()).isNull();
        assertThat(worst.key()).isEqualTo("k");
    }

    @Test
    void a_call_whose_name_found_no_room_is_told_to_listeners() {
        app.limits.swap(new LimitRules(
                List.of(rule("each", new Subject.Named(Subject.Word.AGENT, null), true, Limit.concurrency(4))),
                ZoneOffset.UTC,
                0.8));
        for (int i = 0; i <= 10_000; i++) {
            CallOptions options = CallOptions.builder().agent("a" + i).build();
            app.limits.of(
                    app.command(Target.parse("tier:mid"), false, options),
                    Requests.tier(catalogue).build().ask(),
                    catalogue);
        }
        app.start(
                app.command(
                        Target.parse("tier:mid"),
                        false,
                        CallOptions.builder().agent("a10000").build()),
                new RecordingSink());

        assertThat(app.recorded.crowded()).containsExactly("no key");
    }
}
