package dev.tierway.domain.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.fixture.Replicas;
import dev.tierway.domain.fixture.Requests;
import dev.tierway.domain.fixture.ScriptedCall;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.money.Price;
import dev.tierway.domain.money.TokenUsage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A price that changes with a reload. Usage is 1,000 tokens in and 100 out throughout. */
class PriceStepTest {
    private final ManualClock clock = new ManualClock();
    private final ReplicaRegistry registry = new ReplicaRegistry(fleet("1"));

    private static dev.tierway.domain.catalogue.Catalogue fleet(String usdPerMillion) {
        Price price = Price.usdPerMillion(usdPerMillion, usdPerMillion).in("list of " + usdPerMillion);
        return Fleet.fleet()
                .with(Replicas.replica("a/m").price(price))
                .with(Replicas.replica("b/m").price(price))
                .catalogue();
    }

    private ScriptedCall call() {
        return ScriptedCall.call(registry, Requests.model(registry.catalogue(), "m"), clock)
                .started();
    }

    private static NanoUsd usd(String dollars) {
        return NanoUsd.ofUsd(new BigDecimal(dollars));
    }

    private static List<NanoUsd> settled(ScriptedCall call) {
        return call.actions(Action.Settle.class).stream()
                .map(Action.Settle::cost)
                .toList();
    }

    @Test
    void an_attempt_keeps_the_price_it_began_with_and_the_next_call_pays_the_new_one() {
        ScriptedCall before = call();
        registry.swap(fleet("10"));
        ScriptedCall after = call();

        before.delivers();
        after.delivers();

        assertThat(settled(before)).containsExactly(usd("0.0011"));
        assertThat(settled(after)).containsExactly(usd("0.011"));
        assertThat(before.lastSent().replica().priceVersion()).isEqualTo("list of 1");
        assertThat(after.lastSent().replica().priceVersion()).isEqualTo("list of 10");
    }

    @Test
    void the_next_attempt_of_the_same_call_pays_what_its_replica_costs_then() {
        ScriptedCall call = call();
        registry.swap(fleet("10"));
        call.fails(FailureClass.UPSTREAM_FAULT).delivers();

        assertThat(settled(call).stream().filter(Objects::nonNull)).containsExactly(usd("0.011"));
    }

    @Test
    void tokens_without_a_price_leave_the_cost_unknown_in_the_books() {
        ScriptedCall call = call();
        TokenUsage spoken = new TokenUsage(1000, 0, 0, 500, 0, 100, 0, 0, 0, TokenUsage.Counted.REPORTED);
        call.feed(new Event.Delivered(call.lastSent().attempt(), spoken));

        assertThat(call.actions(Action.Settle.class)).singleElement().satisfies(settle -> {
            assertThat(settle.usage()).isEqualTo(spoken);
            assertThat(settle.cost()).isNull();
            assertThat(settle.counted())
                    .as("limits on money don't take it for free")
                    .isEqualTo(usd("0.0011"));
        });
        assertThat(call.result())
                .isInstanceOfSatisfying(
                        CallResult.Delivered.class,
                        delivered -> assertThat(delivered.cost()).isNull());
    }
}
