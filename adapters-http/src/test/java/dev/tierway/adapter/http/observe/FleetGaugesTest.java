package dev.tierway.adapter.http.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.port.in.AccountStatus;
import dev.tierway.application.port.in.FleetStatus;
import dev.tierway.application.port.in.OverrideStatus;
import dev.tierway.application.port.in.ProviderUsage;
import dev.tierway.application.port.in.QueryFleet;
import dev.tierway.application.port.in.QuotaStatus;
import dev.tierway.application.port.in.ReplicaStatus;
import dev.tierway.application.port.in.Status;
import dev.tierway.application.port.in.WindowStatus;
import dev.tierway.application.port.out.AccountBalance;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FleetGaugesTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private List<OverrideStatus> overrides = List.of();
    private List<ReplicaStatus> replicas = List.of();
    private List<ProviderUsage> usages = List.of();
    private QuotaStatus quota = new QuotaStatus(List.of(), List.of());
    private final FleetGauges gauges = new FleetGauges(
            registry,
            new QueryFleet() {
                @Override
                public FleetStatus fleet() {
                    return new FleetStatus(41, "adaptive", replicas, List.of(), List.of(), overrides);
                }

                @Override
                public Optional<ProviderUsage> usage(String provider) {
                    throw new AssertionError("not asked for");
                }

                @Override
                public List<ProviderUsage> usage() {
                    return usages;
                }

                @Override
                public QuotaStatus quota() {
                    return quota;
                }
            },
            "1.2.3");

    private static ReplicaStatus replica(String id, int inFlight, String circuit) {
        return new ReplicaStatus(
                id,
                "p",
                "m",
                "mid",
                false,
                Status.HEALTHY,
                "active",
                circuit,
                null,
                null,
                0,
                0,
                inFlight,
                null,
                1.0,
                null,
                null,
                4.0,
                null,
                null,
                null,
                List.of());
    }

    private static OverrideStatus override(String scope, String value) {
        return new OverrideStatus(scope, "x", "phase", value, "ann", null, null);
    }

    private String scrape() {
        gauges.refresh();
        return registry.scrape();
    }

    @Test
    void the_fleet_is_shown_as_it_is_at_the_scrape() {
        replicas = List.of(replica("a/m", 2, "closed"), replica("b/m", 0, "open"));
        assertThat(scrape())
                .contains("tierway_in_flight{replica=\"a/m\"} 2.0")
                .contains("tierway_circuit_state{replica=\"a/m\"} 0.0")
                .contains("tierway_circuit_state{replica=\"b/m\"} 3.0")
                .contains("tierway_config_generation 41.0")
                .contains("tierway_build_info{version=\"1.2.3\"} 1");
        replicas = List.of(replica("a/m", 1, "half_open"));
        assertThat(scrape())
                .contains("tierway_in_flight{replica=\"a/m\"} 1.0")
                .contains("tierway_circuit_state{replica=\"a/m\"} 2.0")
                .doesNotContain("b/m");
    }

    @Test
    void operators_actions_in_force_are_counted_by_scope_and_kind_until_they_end() {
        overrides = List.of(
                override("provider", "draining"), override("provider", "draining"), override("model", "standby"));
        assertThat(scrape())
                .contains("tierway_operator_overrides{kind=\"draining\",scope=\"provider\"} 2.0")
                .contains("tierway_operator_overrides{kind=\"standby\",scope=\"model\"} 1.0");
        overrides = List.of();
        assertThat(scrape()).doesNotContain("tierway_operator_overrides{");
    }

    @Test
    void a_circuit_never_stays_what_it_was() {
        for (String phase : List.of("open", "ramping", "closed")) {
            replicas = List.of(replica("a/m", 0, phase));
            scrape();
        }
        assertThat(scrape()).contains("tierway_circuit_state{replica=\"a/m\"} 0.0");
    }

    private static QuotaStatus.ReplicaQuota quota(String replica, WindowStatus... windows) {
        return new QuotaStatus.ReplicaQuota(replica, "p", "m", null, List.of(windows));
    }

    private static WindowStatus window(String owner, Long limit, long remaining) {
        return new WindowStatus(owner, "tokens", 60_000L, limit, remaining, null, null, "own");
    }

    @Test
    void headroom_is_that_of_the_tightest_known_window_of_a_domain() {
        quota = new QuotaStatus(
                List.of(
                        quota("a/m", window("domain:org", 100L, 80), window("vendor:p/m", null, 3)),
                        quota("b/m", window("domain:org", 1000L, 250))),
                List.of());
        assertThat(scrape())
                .contains("tierway_quota_headroom_ratio{dimension=\"tokens\",domain=\"org\"} 0.25")
                .doesNotContain("vendor:p/m");
        quota = new QuotaStatus(List.of(), List.of());
        assertThat(scrape()).doesNotContain("tierway_quota_headroom_ratio{");
    }

    @Test
    void what_an_account_has_left_is_shown_once_its_vendor_told() {
        usages = List.of(usage(null));
        assertThat(scrape()).doesNotContain("tierway_account_balance{");
        usages = List.of(usage(new AccountStatus(
                null, List.of(new AccountBalance("USD", null, new BigDecimal("4.50"), null)), 5L, null)));
        assertThat(scrape()).contains("tierway_account_balance{currency=\"USD\",provider=\"west\"} 4.5");
    }

    static ProviderUsage usage(AccountStatus account) {
        return new ProviderUsage(
                "west",
                Status.DEGRADED,
                3,
                1,
                0.25,
                2,
                620.0,
                null,
                7L,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                "closed",
                null,
                null,
                account,
                List.of());
    }
}
