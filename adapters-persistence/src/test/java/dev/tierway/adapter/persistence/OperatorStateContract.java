package dev.tierway.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.port.out.GivenOrder;
import dev.tierway.application.port.out.NumberedOrder;
import dev.tierway.application.port.out.OperatorState;
import dev.tierway.domain.operator.OperatorOrder;
import dev.tierway.domain.operator.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What every storage of operators' orders promises. */
public interface OperatorStateContract {
    OperatorState state();

    /** Every kind of order about every kind of scope. */
    static List<GivenOrder> every() {
        List<GivenOrder> all = new ArrayList<>();
        List<OperatorOrder> orders = List.of(
                OperatorOrder.parse("phase", "draining"),
                OperatorOrder.parse("phase", "standby"),
                OperatorOrder.parse("phase", "active"),
                OperatorOrder.parse("phase", "configured"),
                OperatorOrder.parse("mark", "unhealthy"),
                OperatorOrder.parse("mark", "healthy"),
                OperatorOrder.parse("circuit", "reset"));
        for (OperatorOrder order : orders) {
            for (Scope.Level level : Scope.Level.values()) {
                if (level.ofReplicas()) {
                    all.add(given(new Scope(level, "x" + all.size()), order));
                }
            }
        }
        all.add(given(Scope.rule("eu"), OperatorOrder.parse("rule", "disabled")));
        all.add(given(Scope.route("gpt-*"), OperatorOrder.parse("route", "disabled")));
        all.add(given(Scope.route("fast"), OperatorOrder.parse("route", "enabled")));
        all.add(given(Scope.rule("us"), OperatorOrder.parse("rule", "enabled")));
        all.add(given(Scope.gateway(), OperatorOrder.parse("strategy", "latency")));
        return all;
    }

    static GivenOrder given(Scope scope, OperatorOrder order) {
        return new GivenOrder(scope, order, "ann", "it's slow; \"very\" – 遅い", 1000, 2000L, "gw-1");
    }

    static GivenOrder drain(String provider) {
        return given(Scope.provider(provider), OperatorOrder.parse("phase", "draining"));
    }

    @Test
    default void orders_come_back_as_they_were_ascending() {
        List<NumberedOrder> put = new ArrayList<>();
        every().forEach(order -> put.add(new NumberedOrder(Answers.of(state().put(order)), order)));

        assertThat(Answers.of(state().after(0))).isEqualTo(put);
        assertThat(put).extracting(NumberedOrder::number).isSorted().doesNotHaveDuplicates();
        assertThat(put.getFirst().number()).isPositive();
    }

    @Test
    default void what_was_not_given_stays_so() {
        GivenOrder bare = new GivenOrder(
                Scope.model("m"), OperatorOrder.parse("circuit", "reset"), "ann", null, 1000, null, "gw-1");
        Answers.of(state().put(bare));

        assertThat(Answers.of(state().after(0)))
                .extracting(NumberedOrder::given)
                .containsExactly(bare);
    }

    @Test
    default void an_order_takes_the_place_of_the_one_before_on_the_same_topic_and_scope_alone() {
        Scope west = Scope.provider("west");
        long first = Answers.of(state().put(drain("west")));
        GivenOrder other = given(Scope.model("west"), OperatorOrder.parse("phase", "draining"));
        GivenOrder mark = given(west, OperatorOrder.parse("mark", "unhealthy"));
        GivenOrder active = given(west, OperatorOrder.parse("phase", "active"));
        Answers.of(state().put(other));
        Answers.of(state().put(mark));
        long last = Answers.of(state().put(active));

        assertThat(Answers.of(state().after(0)))
                .extracting(NumberedOrder::given)
                .containsExactly(other, mark, active);
        assertThat(last).isGreaterThan(first);
    }

    @Test
    default void who_knows_a_number_gets_what_came_later() {
        long first = Answers.of(state().put(drain("a")));
        assertThat(Answers.of(state().after(first))).isEmpty();
        long second = Answers.of(state().put(drain("b")));

        assertThat(Answers.of(state().after(first))).containsExactly(new NumberedOrder(second, drain("b")));
        assertThat(Answers.of(state().after(second))).isEmpty();
    }

    @Test
    default void a_number_is_never_given_twice_though_the_latest_order_was_replaced() {
        long first = Answers.of(state().put(drain("a")));
        long second = Answers.of(state().put(drain("a")));
        long third = Answers.of(state().put(drain("a")));

        assertThat(List.of(first, second, third)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    default void orders_given_at_once_all_count() {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int n = 0; n < 100; n++) {
                String provider = "p" + n;
                threads.execute(() -> Answers.of(state().put(drain(provider))));
            }
        }

        assertThat(Answers.of(state().after(0)))
                .hasSize(100)
                .extracting(NumberedOrder::number)
                .isSorted()
                .doesNotHaveDuplicates();
    }
}
