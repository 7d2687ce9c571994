package dev.tierway.domain.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.LongRange;

/** What several instances know to be spent comes to the highest of it, in whatever order and however often they say so. */
class FloorProperties {
    private static final Descriptor BUDGET = new Descriptor("budget:b", Side.CALLER, Period.DAY.limit(1000));
    private static final long NOON = Instant.parse("2026-11-18T12:00:00Z").toEpochMilli();
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final QuotaTime TIME = QuotaTime.utc(0, NOON);

    /** Some of yesterday and of tomorrow. */
    @Provide
    Arbitrary<List<Floor>> floors() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 5000),
                        Arbitraries.frequency(Tuple.of(4, 0), Tuple.of(1, -1), Tuple.of(1, 1)))
                .as((spent, day) -> Floor.of(BUDGET, spent, NOON + day * DAY, ZoneOffset.UTC))
                .list()
                .ofMaxSize(12);
    }

    private static WindowUsage used(long spent, long reserved) {
        WindowUsage empty = WindowUsage.NONE.at(BUDGET.limit(), TIME);
        return new WindowUsage(empty.startMillis(), empty.endMillis(), spent, reserved, empty.atMillis());
    }

    private static Usage raised(List<Floor> floors, Usage usage) {
        for (Floor floor : floors) {
            usage = Reserving.raised(floor, usage, TIME);
        }
        return usage;
    }

    @Property(tries = 500)
    void any_order_and_any_repetition_come_to_the_highest_of_the_present_window(
            @ForAll("floors") List<Floor> floors,
            @ForAll @LongRange(max = 3000) long spent,
            @ForAll @LongRange(max = 3000) long reserved,
            @ForAll Random random) {
        WindowUsage before = used(spent, reserved);
        List<Floor> others = new ArrayList<>(floors);
        others.addAll(floors.subList(0, floors.size() / 2));
        Collections.shuffle(others, random);
        long highest = floors.stream()
                .filter(floor -> floor.startMillis() == before.startMillis())
                .mapToLong(Floor::spent)
                .reduce(spent, Math::max);

        assertThat(raised(floors, before)).isEqualTo(used(highest, reserved));
        assertThat(raised(others, before)).isEqualTo(used(highest, reserved));
    }

    @Property(tries = 200)
    void by_how_much_each_raises_adds_up_to_what_is_counted_more(
            @ForAll("floors") List<Floor> floors, @ForAll @LongRange(max = 3000) long spent) {
        Usage usage = used(spent, 7);
        long by = 0;
        for (Floor floor : floors) {
            Usage after = Reserving.raised(floor, usage, TIME);
            assertThat(Reserving.raisedBy(usage, after)).isNotNegative();
            by += Reserving.raisedBy(usage, after);
            usage = after;
        }

        assertThat(usage.used()).isEqualTo(spent + 7 + by);
    }

    @Property(tries = 200)
    void of_two_floors_the_later_window_counts_and_of_one_window_the_higher(@ForAll("floors") List<Floor> floors) {
        for (Floor one : floors) {
            for (Floor other : floors) {
                Floor max = one.max(other);
                assertThat(max).isIn(one, other);
                assertThat(max.startMillis()).isEqualTo(Math.max(one.startMillis(), other.startMillis()));
                if (one.startMillis() == other.startMillis()) {
                    assertThat(max.spent()).isEqualTo(Math.max(one.spent(), other.spent()));
                }
            }
        }
    }

    @Example
    void a_rate_has_no_floor() {
        Descriptor rate = new Descriptor("key:k", Side.CALLER, Limit.per(Dimension.REQUESTS, 1, Duration.ofMinutes(1)));

        assertThatThrownBy(() -> Floor.of(rate, 1, NOON, ZoneOffset.UTC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("key:k|requests|60");
        assertThatThrownBy(() -> new Floor(BUDGET, 0, 1, -1)).hasMessageContaining("0 or more");
    }
}
