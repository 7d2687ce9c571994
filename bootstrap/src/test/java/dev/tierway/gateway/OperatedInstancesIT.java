package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.Tierway;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.port.in.OperatorActionStatus;
import dev.tierway.application.port.out.NumberedOrder;
import dev.tierway.application.port.out.OperatorListener;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.catalogue.UseCase;
import dev.tierway.domain.operator.Scope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operators' actions across instances that share a SQLite file, and across restarts. */
class OperatedInstancesIT {
    private static final String CONFIG = """
        providers:
          - { id: west, kind: simulated, simulated: { ttft: 0ms, per-token: 0ms } }
          - { id: east, kind: simulated, simulated: { ttft: 0ms, per-token: 0ms } }
        models:
          - { id: writer, tier: mid, use-cases: [chat], replicas: [ { provider: west }, { provider: east } ] }
        rules:
          - { id: sql, when: { content: { any-of: "SELECT " } }, only: west }
        storage: { ledger: { store: sqlite, path: "%s" } }
        """;

    @TempDir
    Path folder;

    /** Orders that an instance learned from the file. */
    private final BlockingQueue<NumberedOrder> learned = new LinkedBlockingQueue<>();

    private Tierway open() {
        return Tierway.builder()
                .config(CONFIG.formatted(folder.resolve("shared.db")))
                .operatorListener(new OperatorListener() {
                    @Override
                    public void ordered(NumberedOrder order, boolean here) {
                        if (!here) {
                            learned.add(order);
                        }
                    }
                })
                .build();
    }

    private String awaitLearned() throws InterruptedException {
        NumberedOrder order = learned.poll(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(order).as("an order from the other instance").isNotNull();
        return order.given().order().value();
    }

    private static String phase(Tierway tierway, String replica) {
        return tierway.fleet().replicas().stream()
                .filter(one -> one.id().equals(replica))
                .findFirst()
                .orElseThrow()
                .phase();
    }

    private static void assertOnlyEastAnswers(Tierway tierway) {
        for (int n = 0; n < 20; n++) {
            assertThat(tierway.callByTier(ModelTier.MID, UseCase.CHAT, ChatRequest.of("hello"))
                            .response()
                            .text())
                    .contains("east");
        }
    }

    @Test
    void what_is_ordered_at_one_instance_holds_at_the_other_and_is_taken_back_there() throws Exception {
        try (Tierway one = open();
                Tierway other = open()) {
            one.operate().drain(Scope.provider("west"));
            assertThat(phase(one, "west/writer")).as("at once").isEqualTo("draining");

            assertThat(awaitLearned()).isEqualTo("draining");
            assertThat(phase(other, "west/writer")).isEqualTo("draining");
            assertOnlyEastAnswers(other);

            other.operate().activate(Scope.provider("west"));
            assertThat(awaitLearned()).isEqualTo("active");
            assertThat(phase(one, "west/writer")).isEqualTo("active");
            assertThat(one.operate().actions(10).recent())
                    .extracting(OperatorActionStatus::value)
                    .containsExactly("active", "draining");
        }
    }

    @Test
    void after_a_restart_what_was_ordered_still_holds() {
        try (Tierway first = open()) {
            first.operate().as("ann").drain(Scope.provider("west"), Duration.ofDays(1), "vendor maintenance");
        }
        try (Tierway second = open()) {
            assertThat(phase(second, "west/writer")).isEqualTo("draining");
            assertThat(second.operate().actions(10).inForce())
                    .singleElement()
                    .matches(one -> one.author().equals("ann") && "vendor maintenance".equals(one.reason()));
            assertOnlyEastAnswers(second);
        }
        assertThat(learned).as("no news").isEmpty();
    }

    @Test
    void after_a_restart_a_rule_is_still_off_and_the_strategy_as_ordered() {
        try (Tierway first = open()) {
            first.operate().disableRule("sql", Duration.ofDays(1), "wrong pattern");
            first.operate().useStrategy(Strategy.COST);
        }
        try (Tierway second = open()) {
            assertThat(second.rules().list()).singleElement().matches(rule -> !rule.enabled());
            assertThat(second.fleet().strategy()).isEqualTo("cost");
            assertThat(second.fleet().overrides()).hasSize(2);

            second.operate().enableRule("sql");
            second.operate().configuredStrategy("over");
        }
        try (Tierway third = open()) {
            assertThat(third.rules().list()).singleElement().matches(rule -> rule.enabled());
            assertThat(third.fleet().strategy()).isEqualTo("adaptive");
        }
    }
}
