package dev.tierway.domain.fleet;

import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.QuotaDomain;
import dev.tierway.domain.catalogue.QuotaDomainId;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Side;
import dev.tierway.domain.quota.VendorLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What our own store and what vendors say of headroom, how long each counts, and for whom. */
class HeadroomSourcesTest {
    private static final long NOW = ManualClock.START;
    private static final long SECOND = 1_000_000_000L;
    private static final Limit TOKENS = Limit.per(Dimension.TOKENS, 1000, Duration.ofMinutes(1));
    private static final RequestShape REQUEST = new RequestShape(400, 0L, 1, Prompt.UNKNOWN);

    private ReplicaRegistry registry = registry("d");

    /** One replica in those domains, of which those with a star learn, and those with a dash want nobody to. */
    private static ReplicaRegistry registry(String... domains) {
        List<QuotaDomain> quotaDomains = new ArrayList<>();
        var replica = replica("p/m");
        for (String name : domains) {
            String id = name.replaceAll("[*-]", "");
            quotaDomains.add(new QuotaDomain(new QuotaDomainId(id), List.of(TOKENS), heard(name)));
            replica = replica.domain(id);
        }
        Catalogue bare = Fleet.of("p/m").catalogue();
        return new ReplicaRegistry(new Catalogue(
                bare.providers(), bare.models(), List.of(replica.build()), quotaDomains, List.of(), List.of()));
    }

    private static QuotaDomain.Heard heard(String name) {
        return name.endsWith("*")
                ? QuotaDomain.Heard.BY_DOMAIN
                : name.endsWith("-") ? QuotaDomain.Heard.BY_NOBODY : QuotaDomain.Heard.BY_MODEL;
    }

    private Replica own() {
        return Objects.requireNonNull(registry.catalogue().replica(new ReplicaId("p/m")));
    }

    private ReplicaView at(long nanos) {
        return registry.snapshot(List.of(own()), List.of(), REQUEST, nanos)
                .candidates()
                .getFirst();
    }

    private void left(Limit limit, long available) {
        left(new Descriptor("domain:d", Side.DOMAIN, limit), available);
    }

    private void left(Descriptor descriptor, long available) {
        registry.left(new Left(descriptor, available, 0, false), NOW);
    }

    private void told(Long limit, long remaining) {
        registry.told(own(), new VendorLimit(Dimension.TOKENS, limit, remaining, 10 * SECOND, null), NOW);
    }

    @Test
    void a_rate_of_our_own_comes_back_a_little_at_a_time_and_stays_known() {
        left(TOKENS, 500);

        assertThat(at(NOW).headroom()).isCloseTo(0.1, within(1e-9));
        assertThat(at(NOW + 6 * SECOND).headroom()).isCloseTo(0.2, within(1e-9));
        assertThat(at(NOW + 3600 * SECOND).headroom()).isCloseTo(0.6, within(1e-9));
    }

    @Test
    void calls_in_flight_are_known_for_a_second_and_do_not_come_back_by_themselves() {
        left(Limit.concurrency(10), 6);

        assertThat(at(NOW).headroom()).isEqualTo(0.5);
        assertThat(at(NOW + SECOND - 1).headroom()).isEqualTo(0.5);
        assertThat(at(NOW + SECOND).headroom()).isNull();
    }

    @Test
    void our_own_store_refuses_for_less_than_a_second_and_says_when_there_is_room_again() {
        left(TOKENS, 5);

        // Four fifths of 400 tokens are certainly needed: 315 more, at a thousand a minute.
        assertThat(at(NOW).exhausted())
                .isEqualTo(new ReplicaView.Exhausted("domain:d", Dimension.TOKENS, NOW + 18_900_000_000L));
        assertThat(at(NOW + SECOND - 1).exhausted()).isNotNull();
        assertThat(at(NOW + SECOND).exhausted()).isNull();
    }

    @Test
    void a_vendor_refuses_until_its_window_resets() {
        told(1000L, 5);

        assertThat(at(NOW).exhausted())
                .isEqualTo(new ReplicaView.Exhausted("vendor:p/m-upstream", Dimension.TOKENS, NOW + 10 * SECOND));
        assertThat(at(NOW + 10 * SECOND - 1).exhausted()).isNotNull();
        assertThat(at(NOW + 10 * SECOND).exhausted()).isNull();
    }

    @Test
    void what_a_vendor_has_left_counts_also_where_it_keeps_its_limit_to_itself() {
        told(null, 320);
        assertThat(at(NOW).exhausted()).isNull();
        assertThat(at(NOW).headroom()).as("a share of what?").isNull();

        told(null, 319);
        assertThat(at(NOW).exhausted()).isNotNull();
    }

    @Test
    void what_a_caller_has_left_says_nothing_of_the_fleet() {
        left(new Descriptor("domain:d", Side.CALLER, TOKENS), 5);
        left(new Descriptor("domain:unknown", Side.DOMAIN, TOKENS), 5);

        assertThat(at(NOW).headroom()).isNull();
        assertThat(at(NOW).exhausted()).isNull();
    }

    @Test
    void the_first_of_its_domains_that_learns_learns_for_it() {
        registry = registry("plain", "one*", "two*");

        told(1000L, 700);

        assertThat(registry.learned(own(), NOW))
                .containsExactly(new Descriptor("domain:one", Side.DOMAIN, Limit.learned(Dimension.TOKENS)));
        assertThat(registry.headroom(own(), NOW).keySet()).containsExactly("domain:plain", "domain:one", "domain:two");
        assertThat(registry.headroom(own(), NOW).get("domain:one"))
                .singleElement()
                .satisfies(window -> assertThat(window.remaining()).isEqualTo(700));
        assertThat(registry.headroom(own(), NOW).get("domain:two")).isEmpty();
    }

    @Test
    void one_domain_that_wants_nothing_learned_is_enough() {
        registry = registry("one*", "deaf-");

        told(1000L, 5);

        assertThat(at(NOW).exhausted()).isNull();
        assertThat(at(NOW).headroom()).isNull();
        assertThat(registry.learned(own(), NOW)).isEmpty();
        assertThat(registry.learned(own(), new VendorLimit(Dimension.TOKENS, 1L, 1, null, null)))
                .isNull();
        assertThat(registry.headroom(own(), NOW).keySet()).containsExactly("domain:one", "domain:deaf");
    }

    @Test
    void without_one_that_learns_its_upstream_model_is_learned_of() {
        told(1000L, 700);

        assertThat(registry.headroom(own(), NOW).keySet()).containsExactly("domain:d", "vendor:p/m-upstream");
        assertThat(registry.learned(own(), new VendorLimit(Dimension.REQUESTS, 1L, 1, null, null)))
                .isEqualTo(new Descriptor("vendor:p/m-upstream", Side.DOMAIN, Limit.learned(Dimension.REQUESTS)));
    }

    @Test
    void a_vendors_minute_and_its_day_are_kept_apart() {
        VendorLimit minute = new VendorLimit(Dimension.TOKENS, 1000L, 700, 10 * SECOND, Duration.ofMinutes(1));
        VendorLimit day = new VendorLimit(Dimension.TOKENS, 50_000L, 400, 20 * SECOND, Duration.ofDays(1));
        registry.told(own(), minute, NOW);
        registry.told(own(), day, NOW);

        assertThat(registry.headroom(own(), NOW).get("vendor:p/m-upstream"))
                .extracting(Headroom.Window::length, Headroom.Window::remaining)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Duration.ofMinutes(1), 700L),
                        org.assertj.core.groups.Tuple.tuple(Duration.ofDays(1), 400L));
        assertThat(registry.learned(own(), NOW))
                .extracting(Descriptor::key)
                .containsExactly("vendor:p/m-upstream|tokens|vendor-60", "vendor:p/m-upstream|tokens|vendor-86400");
        assertThat(at(NOW).headroom()).as("the day's is the tightest").isCloseTo(0.008, within(0.008));

        left(registry.learned(own(), day), 30);
        assertThat(registry.headroom(own(), NOW).get("vendor:p/m-upstream"))
                .extracting(Headroom.Window::remaining)
                .containsExactlyInAnyOrder(700L, 30L);
    }

    @Test
    void a_vendor_that_names_ever_new_windows_fills_nothing() {
        for (int i = 1; i <= 1000; i++) {
            registry.told(own(), new VendorLimit(Dimension.TOKENS, 1000L, i, 10 * SECOND, Duration.ofSeconds(i)), NOW);
        }

        assertThat(registry.learned(own(), NOW)).hasSize(32);
        assertThat(registry.headroom(own(), NOW)
                        .get("vendor:p/m-upstream")
                        .getLast()
                        .remaining())
                .isEqualTo(1000);
        registry.told(own(), new VendorLimit(Dimension.TOKENS, 1000L, 7, SECOND, null), NOW + 10 * SECOND);
        assertThat(registry.learned(own(), NOW + 10 * SECOND)).hasSize(1);
    }

    @Test
    void what_has_expired_is_not_shown() {
        told(1000L, 700);

        assertThat(registry.headroom(own(), NOW + 10 * SECOND - 1).get("vendor:p/m-upstream"))
                .hasSize(1);
        assertThat(registry.headroom(own(), NOW + 10 * SECOND).get("vendor:p/m-upstream"))
                .isEmpty();
        assertThat(registry.learned(own(), NOW + 10 * SECOND)).isEmpty();
    }

    @Test
    void of_a_replica_configured_away_nothing_is_known_nor_learned() {
        Replica gone = own();
        registry.swap(Fleet.of("q/n").catalogue());

        registry.told(gone, new VendorLimit(Dimension.TOKENS, 1000L, 5, 10 * SECOND, null), NOW);
        assertThat(registry.learned(gone, new VendorLimit(Dimension.TOKENS, 1L, 1, null, null)))
                .isNull();
        assertThat(registry.learned(gone, NOW)).isEmpty();
        assertThat(registry.headroom(gone, NOW)).isEmpty();
    }
}
