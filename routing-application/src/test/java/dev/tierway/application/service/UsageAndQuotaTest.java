package dev.tierway.application.service;

import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierway.application.fixture.TestApplication;
import dev.tierway.application.port.in.ProviderUsage;
import dev.tierway.application.port.in.QuotaStatus;
import dev.tierway.application.port.in.QuotaStatus.ModelSkew;
import dev.tierway.application.port.in.QuotaStatus.ReplicaQuota;
import dev.tierway.application.port.in.Status;
import dev.tierway.application.port.in.WindowStatus;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Failures;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.Past;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.VendorLimit;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How providers are used, and what is left of limits. */
class UsageAndQuotaTest {
    private final TestApplication app = TestApplication.with(Fleet.fleet()
            .with(replica("a/m").limit(8))
            .with(replica("a/n").limit(4))
            .with(replica("b/m"))
            .with(replica("c/m")));
    private final Past past = new Past(app.registry, app.clock);

    private void told(String replica, Dimension dimension, Long limit, long remaining) {
        Replica known = app.registry.catalogue().replica(new ReplicaId(replica));
        app.registry.told(
                known,
                new VendorLimit(
                        dimension, limit, remaining, Duration.ofSeconds(30).toNanos(), null),
                app.clock.nanos());
    }

    private ProviderUsage usage(String provider) {
        return app.fleet().usage(provider).orElseThrow();
    }

    @Test
    void of_a_provider_nobody_called_nothing_is_known_and_nothing_is_zero() {
        ProviderUsage usage = usage("b");

        assertThat(usage.status()).isEqualTo(Status.UNKNOWN);
        assertThat(usage.errorRate()).isNull();
        assertThat(usage.ttftMillis()).isNull();
        assertThat(usage.millisPerToken()).isNull();
        assertThat(usage.remainingRequests()).isNull();
        assertThat(usage.remainingTokens()).isNull();
        assertThat(usage.remainingConcurrency()).isNull();
        assertThat(usage.lastUsedAgoMillis()).isNull();
        assertThat(usage.account()).as("nobody asks for it").isNull();
        assertThat(usage.circuit()).isEqualTo("closed");
        assertThat(usage.windows()).isEmpty();
    }

    @Test
    void nobody_of_that_id_has_no_usage() {
        assertThat(app.fleet().usage("nobody")).isEmpty();
        assertThat(app.fleet().usage()).extracting(ProviderUsage::provider).containsExactly("a", "b", "c");
    }

    @Test
    void a_providers_replicas_are_taken_together() {
        past.delivered("a/m", 3);
        past.failed("a/n", Failures.failure(FailureClass.UPSTREAM_FAULT), 1);
        app.clock.advance(Duration.ofSeconds(2));

        ProviderUsage usage = usage("a");
        assertThat(usage.calls()).isEqualTo(4);
        assertThat(usage.errors()).isEqualTo(1);
        assertThat(usage.errorRate()).isCloseTo(0.25, within(0.05));
        assertThat(usage.ttftMillis()).isPositive();
        assertThat(usage.lastUsedAgoMillis()).isGreaterThanOrEqualTo(2000);
        assertThat(usage.remainingConcurrency()).as("both have a limit").isEqualTo(12);
        assertThat(usage.replicas()).hasSize(2);
    }

    @Test
    void the_tightest_window_says_what_remains() {
        told("a/m", Dimension.TOKENS, 1000L, 700);
        told("a/n", Dimension.TOKENS, 1000L, 200);
        told("a/n", Dimension.REQUESTS, null, 9);

        ProviderUsage usage = usage("a");
        assertThat(usage.remainingTokens()).isEqualTo(200);
        assertThat(usage.remainingRequests()).isEqualTo(9);
        assertThat(usage.remainingInputTokens()).isNull();
        assertThat(usage.windows()).hasSize(3);
    }

    @Test
    void a_window_says_who_told_it_and_when_it_is_whole() {
        told("a/m", Dimension.TOKENS, 1000L, 700);
        app.clock.advance(Duration.ofSeconds(10));

        assertThat(usage("a").windows())
                .containsExactly(new WindowStatus(
                        "vendor:a/" + upstream("a/m"), "tokens", null, 1000L, 700, 300L, 20_000L, "vendor"));
        app.clock.advance(Duration.ofSeconds(20));
        assertThat(usage("a").windows()).as("the vendor's window has reset").isEmpty();
    }

    private String upstream(String replica) {
        return app.registry.catalogue().replica(new ReplicaId(replica)).upstreamModel();
    }

    @Test
    void a_window_of_unknown_size_is_not_a_used_up_one() {
        told("a/m", Dimension.REQUESTS, null, 3);

        WindowStatus window = usage("a").windows().getFirst();
        assertThat(window.limit()).isNull();
        assertThat(window.used()).isNull();
        assertThat(window.remaining()).isEqualTo(3);
    }

    @Test
    void a_providers_rest_is_shown() {
        past.failed("a/m", Failures.retryAfter(FailureClass.RATE_LIMITED, 4000), 1);
        assertThat(usage("a").replicas().getFirst().coolingDownMillis()).isEqualTo(4000);
    }

    @Test
    void the_least_headroom_comes_first_and_the_unknown_last() {
        told("a/m", Dimension.TOKENS, 1_000_000L, 900_000);
        told("c/m", Dimension.TOKENS, 1_000_000L, 100_000);

        QuotaStatus quota = app.fleet().quota();
        assertThat(quota.replicas()).extracting(ReplicaQuota::replica).startsWith("c/m", "a/m");
        assertThat(quota.replicas().get(0).headroom()).isCloseTo(0.1, within(0.01));
        assertThat(quota.replicas().get(2).headroom()).isNull();
        assertThat(quota.replicas().get(3).headroom()).isNull();
    }

    @Test
    void skew_is_the_most_headroom_of_siblings_less_the_least() {
        told("a/m", Dimension.TOKENS, 1_000_000L, 900_000);
        told("c/m", Dimension.TOKENS, 1_000_000L, 100_000);
        told("a/n", Dimension.TOKENS, 1_000_000L, 500_000);

        QuotaStatus quota = app.fleet().quota();
        ModelSkew m = quota.models().getFirst();
        assertThat(m.model()).isEqualTo("m");
        assertThat(m.replicas()).isEqualTo(3);
        assertThat(m.unknown()).isEqualTo(1);
        assertThat(m.skew()).isCloseTo(0.8, within(0.01));
        assertThat(quota.models().getLast().skew())
                .as("a single replica has no siblings")
                .isNull();
    }
}
