package dev.tierway.application.service;

import dev.tierway.application.port.in.OperatorActionStatus;
import dev.tierway.application.port.out.AuditEntry;
import dev.tierway.application.port.out.GivenOrder;
import dev.tierway.application.port.out.NumberedOrder;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators' actions as they are shown. */
final class OperatorWords {
    private OperatorWords() {}

    static OperatorActionStatus of(GivenOrder order) {
        return new OperatorActionStatus(
                order.scope().level().id(),
                order.scope().id(),
                order.order().topic().id(),
                order.order().value(),
                order.author(),
                order.reason(),
                time(order.atEpochMillis()),
                end(order.untilEpochMillis()),
                order.instance());
    }

    static OperatorActionStatus of(AuditEntry entry) {
        return new OperatorActionStatus(
                entry.scope(),
                entry.id(),
                entry.action(),
                entry.value(),
                entry.author(),
                entry.reason(),
                time(entry.atEpochMillis()),
                end(entry.untilEpochMillis()),
                entry.instance());
    }

    /** Those that hold now, the most specific first: not what has ended, was taken back or was done once. */
    static List<OperatorActionStatus> inForce(List<NumberedOrder> orders, long nowEpochMillis) {
        return orders.stream()
                .sorted(Comparator.comparing(
                                (NumberedOrder order) -> order.given().scope().level())
                        .thenComparing(
                                Comparator.comparingLong(NumberedOrder::number).reversed()))
                .map(NumberedOrder::given)
                .filter(order -> order.order().lasts()
                        && (order.untilEpochMillis() == null || nowEpochMillis < order.untilEpochMillis()))
                .map(OperatorWords::of)
                .toList();
    }

    private static String time(long epochMillis) {
        return Instant.ofEpochMilli(epochMillis).toString();
    }

    private static @Nullable String end(@Nullable Long epochMillis) {
        return epochMillis == null ? null : time(epochMillis);
    }
}
