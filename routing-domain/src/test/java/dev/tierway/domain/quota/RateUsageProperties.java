package dev.tierway.domain.quota;

import static dev.tierway.domain.quota.QuotaArbitraries.domain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.quota.QuotaArbitraries.Step;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/** The laws of the bucket, against arithmetic without limits. */
class RateUsageProperties {
    private static final long START = -7_000_000_000L;

    /** Something admitted: when, what it took, and what of that counted in the end. */
    private static final class Admitted {
        final long at;
        final Hold hold;
        long counted;
        boolean open = true;

        Admitted(long at, Hold hold) {
            this.at = at;
            this.hold = hold;
            this.counted = hold.amount();
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void never_more_than_the_burst_plus_the_rate_is_admitted_in_any_time(
            @ForAll("histories") Tuple2<Limit, List<Step>> given) {
        Limit limit = given.get1();
        List<Admitted> admitted = run(limit, given.get2());
        BigInteger window = BigInteger.valueOf(limit.window().toNanos());
        for (int from = 0; from < admitted.size(); from++) {
            BigInteger sum = BigInteger.ZERO;
            for (int to = from; to < admitted.size(); to++) {
                sum = sum.add(BigInteger.valueOf(admitted.get(to).counted));
                long elapsed = admitted.get(to).at - admitted.get(from).at;
                BigInteger most = BigInteger.valueOf(limit.burst())
                        .multiply(window)
                        .add(BigInteger.valueOf(limit.amount()).multiply(BigInteger.valueOf(elapsed)));
                assertThat(sum.multiply(window)).isLessThanOrEqualTo(most);
            }
        }
    }

    private static List<Admitted> run(Limit limit, List<Step> steps) {
        List<Admitted> admitted = new ArrayList<>();
        RateUsage usage = RateUsage.NONE;
        long now = START;
        for (Step step : steps) {
            now += step.nanos();
            usage = usage.at(limit, QuotaTime.utc(now, 0));
            if (step.kind() == Step.Kind.RESERVE) {
                if (usage.waitNanos(limit, step.amount()) == 0) {
                    usage = usage.plus(step.amount());
                    admitted.add(new Admitted(now, new Hold(domain(limit), step.amount(), usage.mark())));
                }
            } else if (!admitted.isEmpty()) {
                Admitted one = admitted.get(step.which() % admitted.size());
                if (one.open) {
                    one.open = false;
                    long actual = step.kind() == Step.Kind.REFUND ? 0 : step.actual();
                    // What was underestimated comes on top of the bound, and is repaid as debt.
                    one.counted = Math.min(actual, one.hold.amount());
                    usage = usage.settled(one.hold, actual);
                }
            }
        }
        return admitted;
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void it_admits_exactly_what_a_bucket_without_rounding_admits(@ForAll("histories") Tuple2<Limit, List<Step>> given) {
        Limit limit = given.get1();
        BigInteger window = BigInteger.valueOf(limit.window().toNanos());
        BigInteger exact = BigInteger.ZERO;
        RateUsage usage = RateUsage.NONE;
        long now = START;
        for (Step step : given.get2()) {
            now += step.nanos();
            usage = usage.at(limit, QuotaTime.utc(now, 0));
            exact = exact.subtract(BigInteger.valueOf(limit.amount()).multiply(BigInteger.valueOf(step.nanos())))
                    .max(BigInteger.ZERO);
            BigInteger after = exact.add(BigInteger.valueOf(step.amount()).multiply(window));
            boolean fits = step.amount() == 0
                    || after.compareTo(BigInteger.valueOf(limit.burst()).multiply(window)) <= 0;
            assertThat(usage.waitNanos(limit, step.amount()) == 0).isEqualTo(fits);
            if (fits) {
                usage = usage.plus(step.amount());
                exact = after;
            }
            assertThat(BigInteger.valueOf(usage.level()).multiply(window).subtract(BigInteger.valueOf(usage.carry())))
                    .isEqualTo(exact);
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void a_denial_names_the_first_nanosecond_that_allows(
            @ForAll("histories") Tuple2<Limit, List<Step>> given, @ForAll("fractions") double fraction) {
        Limit limit = given.get1();
        long wanted = Math.max(1, (long) (limit.burst() * fraction));
        RateUsage usage = RateUsage.NONE;
        long now = START;
        for (Step step : given.get2()) {
            now += step.nanos();
            usage = usage.at(limit, QuotaTime.utc(now, 0)).plus(step.amount());
        }
        long wait = usage.waitNanos(limit, wanted);
        if (wait > 0 && wait < Long.MAX_VALUE / 2) {
            assertThat(usage.at(limit, QuotaTime.utc(now + wait - 1, 0)).waitNanos(limit, wanted))
                    .isEqualTo(1);
            assertThat(usage.at(limit, QuotaTime.utc(now + wait, 0)).waitNanos(limit, wanted))
                    .isZero();
        }
    }

    @Property
    void more_than_the_burst_can_never_be_granted(@ForAll("rates") Limit limit) {
        assertThat(RateUsage.NONE.waitNanos(limit, limit.burst() + 1)).isEqualTo(Usage.NEVER);
        assertThat(RateUsage.NONE.waitNanos(limit, limit.burst())).isZero();
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void what_is_refunded_in_time_leaves_no_trace(
            @ForAll("histories") Tuple2<Limit, List<Step>> given, @ForAll("fractions") double later) {
        Limit limit = given.get1();
        RateUsage usage = RateUsage.NONE;
        long now = START;
        for (Step step : given.get2()) {
            now += step.nanos();
            QuotaTime time = QuotaTime.utc(now, 0);
            usage = usage.at(limit, time);
            RateUsage held = usage.plus(step.amount());
            Hold hold = new Hold(domain(limit), step.amount(), held.mark());

            QuotaTime end = QuotaTime.utc(now + (long) (later * limit.window().toNanos()), 0);
            assertLevel(held.settled(hold, 0), usage);
            assertLevel(held.at(limit, end).settled(hold, 0), usage.at(limit, end));
            usage = held;
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void settling_the_estimate_changes_nothing(@ForAll("histories") Tuple2<Limit, List<Step>> given) {
        Limit limit = given.get1();
        RateUsage usage = RateUsage.NONE;
        long now = START;
        for (Step step : given.get2()) {
            now += step.nanos();
            usage = usage.at(limit, QuotaTime.utc(now, 0)).plus(step.amount());
            assertThat(usage.settled(new Hold(domain(limit), step.amount(), usage.mark()), step.amount()))
                    .isEqualTo(usage);
        }
    }

    @Property
    void debt_is_repaid_at_the_rate_of_the_limit(@ForAll("rates") Limit limit, @ForAll("amounts") long debt) {
        RateUsage full = RateUsage.NONE.at(limit, QuotaTime.utc(START, 0)).plus(limit.burst());
        RateUsage inDebt = full.settled(new Hold(domain(limit), limit.burst(), full.mark()), limit.burst() + debt);

        BigInteger repaid = BigInteger.valueOf(debt + 1)
                .multiply(BigInteger.valueOf(limit.window().toNanos()))
                .add(BigInteger.valueOf(limit.amount() - 1))
                .divide(BigInteger.valueOf(limit.amount()));
        long most = repaid.bitLength() < 64 ? repaid.longValue() : Usage.NEVER;
        assertThat(inDebt.waitNanos(limit, 1)).isEqualTo(most);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void time_stepping_back_changes_nothing(
            @ForAll("histories") Tuple2<Limit, List<Step>> given, @ForAll("amounts") long back) {
        Limit limit = given.get1();
        RateUsage usage = RateUsage.NONE;
        long now = START;
        for (Step step : given.get2()) {
            now += step.nanos();
            usage = usage.at(limit, QuotaTime.utc(now, 0)).plus(step.amount());
            assertThat(usage.at(limit, QuotaTime.utc(now - back, 0))).isEqualTo(usage);
        }
    }

    private static void assertLevel(RateUsage actual, RateUsage expected) {
        assertThat(actual.level()).isEqualTo(expected.level());
        assertThat(actual.carry()).isEqualTo(expected.carry());
    }

    @Provide
    Arbitrary<Limit> rates() {
        return QuotaArbitraries.rates();
    }

    @Provide
    Arbitrary<Long> amounts() {
        return Arbitraries.longs().between(0, QuotaArbitraries.MOST);
    }

    @Provide
    Arbitrary<Double> fractions() {
        return Arbitraries.doubles().between(0, 1);
    }

    @Provide
    Arbitrary<Tuple2<Limit, List<Step>>> histories() {
        return QuotaArbitraries.rates()
                .flatMap(limit -> QuotaArbitraries.histories(limit).map(steps -> Tuple.of(limit, steps)));
    }
}
