package dev.tierway.application.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.fixture.BookedLedger;
import dev.tierway.application.fixture.TestApplication;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.Requests;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Floor;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the account book knows to be spent of each budget, for whomever it is. */
class LedgerFloorsTest {
    private static final long NOON = Instant.parse("2026-11-20T12:00:00Z").toEpochMilli();
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Limit DAY = Period.DAY.limit(1_000_000);

    private final BookedLedger ledger = new BookedLedger();
    private final LimitsInForce limits = new LimitsInForce(LimitRules.NONE, () -> NOON);
    private final LedgerFloors floors = new LedgerFloors(ledger, limits, () -> NOON);

    private void rules(LimitRule... rules) {
        limits.swap(new LimitRules(List.of(rules), BERLIN, 0.8));
    }

    private static LimitRule rule(Subject subject, Limit... some) {
        return new LimitRule("b", subject, List.of(some), true, Descriptor.Reserves.WORST_CASE, false);
    }

    private LedgerFloors.Found found() {
        return floors.before(NOON).toCompletableFuture().join();
    }

    private Map<String, Long> spent() {
        Map<String, Long> spent = new TreeMap<>();
        found().floors().forEach(floor -> spent.put(floor.descriptor().owner(), floor.spent()));
        return spent;
    }

    @Test
    void a_budget_for_everyone_counts_all_of_its_window_in_the_budgets_time_zone() {
        long midnight = Instant.parse("2026-11-19T23:00:00Z").toEpochMilli();
        ledger.spent(midnight - 1, 1, null, null, Map.of());
        ledger.spent(midnight, 20, "k", null, Map.of());
        ledger.spent(NOON - 1, 300, null, "a", Map.of());
        ledger.spent(NOON, 4000, null, null, Map.of());
        rules(rule(new Subject.Everyone(), DAY, Period.TOTAL.limit(9_000_000)));

        assertThat(found().floors())
                .extracting(Floor::spent, Floor::startMillis)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple(320L, midnight),
                        org.assertj.core.api.Assertions.tuple(321L, Long.MIN_VALUE));
        assertThat(found().unknown()).isEmpty();
    }

    @Test
    void limits_that_are_no_money_are_left_alone() {
        ledger.spent(NOON - 1, 300, null, null, Map.of());
        rules(rule(new Subject.Everyone(), Limit.per(Dimension.REQUESTS, 5, Duration.ofDays(1))));

        assertThat(found().floors()).isEmpty();
    }

    @Test
    void a_budget_for_one_name_counts_what_carries_it() {
        ledger.spent(NOON - 1, 10, "k", "bot", Map.of("team", "search"));
        ledger.spent(NOON - 1, 200, "k", "other", Map.of());
        ledger.spent(NOON - 1, 3000, null, "bot", Map.of("team", "ads"));

        rules(rule(new Subject.OfKey("k"), DAY));
        assertThat(spent()).isEqualTo(Map.of("budget:b", 210L));
        rules(rule(new Subject.Named(Subject.Word.AGENT, "bot"), DAY));
        assertThat(spent()).isEqualTo(Map.of("budget:b", 3010L));
        rules(rule(new Subject.Tagged("team", "search"), DAY));
        assertThat(spent()).isEqualTo(Map.of("budget:b", 10L));
    }

    @Test
    void a_budget_for_each_key_counts_each_apart() {
        ledger.spent(NOON - 1, 10, "k", null, Map.of());
        ledger.spent(NOON - 1, 20, "k", null, Map.of());
        ledger.spent(NOON - 1, 300, "a/b", null, Map.of());
        ledger.spent(NOON - 1, 4000, null, null, Map.of());
        rules(rule(new Subject.OfKey(null), DAY));

        assertThat(spent()).isEqualTo(Map.of("budget:b/key=k", 30L, "budget:b/key=a%2Fb", 300L));
    }

    @Test
    void a_budget_for_each_agent_counts_each_in_its_keys_space_and_apart_without_a_key() {
        ledger.spent(NOON - 1, 10, "k", "bot", Map.of());
        ledger.spent(NOON - 1, 200, "l", "bot", Map.of());
        ledger.spent(NOON - 1, 3000, null, "bot", Map.of());
        ledger.spent(NOON - 1, 40_000, "k", null, Map.of());
        rules(rule(new Subject.Named(Subject.Word.AGENT, null), DAY));

        assertThat(spent())
                .isEqualTo(Map.of(
                        "budget:b/key=k/agent=bot",
                        10L,
                        "budget:b/key=l/agent=bot",
                        200L,
                        "budget:b/agent=bot",
                        3000L));
    }

    /** What calls without a key spent is only known as what is left: nothing is made up where groups are missing. */
    @Test
    void of_more_names_than_the_book_tells_apart_it_says_so_and_makes_nothing_up() {
        ledger.showsGroups(2);
        ledger.spent(NOON - 1, 10, "k", "a", Map.of());
        ledger.spent(NOON - 1, 20, "k", "b", Map.of());
        ledger.spent(NOON - 1, 30, "k", "c", Map.of());
        ledger.spent(NOON - 1, 5, null, "a", Map.of());
        rules(rule(new Subject.Named(Subject.Word.AGENT, null), DAY));

        assertThat(spent()).isEqualTo(Map.of("budget:b/key=k/agent=b", 20L, "budget:b/key=k/agent=c", 30L));
        assertThat(found().unknown())
                .singleElement()
                .asString()
                .contains("budget 'b'")
                .contains("1000");
    }

    @Test
    void values_of_a_tag_are_looked_up_as_they_were_heard() {
        ledger.spent(NOON - 1, 10, "k", null, Map.of("team", "search"));
        ledger.spent(NOON - 1, 200, null, null, Map.of("team", "search"));
        ledger.spent(NOON - 1, 3000, "k", null, Map.of("team", "unheard"));
        rules(rule(new Subject.Tagged("team", null), DAY));
        hear(Map.of("team", "search"));

        assertThat(spent()).isEqualTo(Map.of("budget:b/key=k/tag:team=search", 10L, "budget:b/tag:team=search", 200L));
    }

    private void hear(Map<String, String> tags) {
        Catalogue catalogue = Fleet.of("p/m").catalogue();
        CallOptions options = CallOptions.builder().tags(tags).build();
        CallCommand plain = TestApplication.with(Fleet.of("p/m")).command(Target.parse("tier:mid"), false, options);
        limits.of(plain, Requests.tier(catalogue).build().ask(), catalogue);
    }
}
