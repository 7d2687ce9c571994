package dev.tierway.adapter.persistence.postgresql;

import dev.tierway.application.port.out.QuotaStore.Result;
import dev.tierway.application.port.out.Reservation;
import dev.tierway.application.port.out.VendorObservation;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Floor;
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.quota.Raised;
import dev.tierway.domain.quota.Side;
import dev.tierway.domain.quota.Usage;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The functions of the quota store on the server, as calls: one round trip each. */
final class QuotaSql {
    /** Raised when the instance's lease is over. */
    static final String LEASE_OVER = "TW001";
    /** Raised when windows around another time are needed. */
    static final String OTHER_WINDOWS = "TW002";

    static final int SETTLED = 1;
    static final int UNKNOWN = 2;
    static final int REFUNDED = 3;
    static final int REFUNDED_BUT_REQUEST = 4;

    private static final int GRANTED = 0;
    private static final int DENIED = 1;
    private static final String RESERVE = "SELECT * FROM quota_reserve(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String END = "SELECT quota_end(?, ?, ?, ?, ?, false)";
    private static final String FINISH = "SELECT quota_finish(?)";
    private static final String OBSERVE = "SELECT quota_observe(?, ?, ?, ?, ?, ?)";
    private static final String LEFT = "SELECT * FROM quota_left(?, ?, ?, ?, ?, ?)";

    private static final String RAISE =
            "SELECT r.more FROM unnest(quota_raise(?, ?, ?, ?)) WITH ORDINALITY AS r (more, place) ORDER BY r.place";

    private final ZoneId zone;
    private final Duration life;
    private final Duration remember;

    /**
     * @param zone where calendar windows begin
     * @param life how long a reservation waits to be ended
     * @param remember how long an attempt that ended is remembered
     */
    QuotaSql(ZoneId zone, Duration life, Duration remember) {
        this.zone = zone;
        this.life = life;
        this.remember = remember;
    }

    Result reserve(Connection on, Reservation asked, long instance, long aroundMillis) throws SQLException {
        List<Descriptor> descriptors = asked.descriptors();
        LimitArrays limits = new LimitArrays(descriptors);
        boolean[] caller = new boolean[descriptors.size()];
        long[] takes = new long[descriptors.size()];
        for (int i = 0; i < takes.length; i++) {
            caller[i] = descriptors.get(i).side() == Side.CALLER;
            takes[i] = asked.estimate().of(descriptors.get(i));
        }
        try (Arguments call = new Arguments(on, RESERVE)) {
            call.text(asked.attempt().callId())
                    .number(asked.attempt().n())
                    .number(instance)
                    .number(life.toNanos())
                    .text(MemoText.of(asked.memo()))
                    .numbers(numbers(asked.estimate()))
                    .texts(limits.keys())
                    .numbers(limits.kinds())
                    .numbers(limits.dimensions())
                    .flags(caller)
                    .flags(limits.enforced())
                    .numbers(limits.limits())
                    .numbers(limits.windows())
                    .numbers(limits.bursts())
                    .numbers(takes)
                    .numbers(limits.bounds(aroundMillis, zone));
            try (ResultSet row = call.statement().executeQuery()) {
                row.next();
                return result(row, descriptors);
            }
        }
    }

    private static Result result(ResultSet row, List<Descriptor> descriptors) throws SQLException {
        int status = row.getInt(1);
        if (status == DENIED) {
            long wait = row.getLong(3);
            return new Result.Denied(
                    descriptors.get(row.getInt(2) - 1), wait == Usage.NEVER ? null : wait, row.getLong(4));
        }
        List<Left> left = new ArrayList<>();
        if (status == GRANTED) {
            Long[] available = (Long[]) row.getArray(5).getArray();
            Long[] rest = (Long[]) row.getArray(6).getArray();
            Boolean[] exceeded = (Boolean[]) row.getArray(7).getArray();
            for (int i = 0; i < available.length; i++) {
                left.add(new Left(descriptors.get(i), available[i], rest[i], exceeded[i]));
            }
        }
        return new Result.Granted(left);
    }

    void end(Connection on, AttemptId attempt, int ending, @Nullable Amounts actual) throws SQLException {
        try (Arguments call = new Arguments(on, END)) {
            call.text(attempt.callId())
                    .number(attempt.n())
                    .number(ending)
                    .numbers(actual == null ? null : numbers(actual))
                    .number(remember.toNanos())
                    .statement()
                    .executeQuery();
        }
    }

    static void finish(Connection on, String callId) throws SQLException {
        try (Arguments call = new Arguments(on, FINISH)) {
            call.text(callId).statement().executeQuery();
        }
    }

    static void observe(Connection on, @Nullable AttemptId attempt, List<VendorObservation> seen) throws SQLException {
        try (Arguments call = new Arguments(on, OBSERVE)) {
            call.text(attempt == null ? null : attempt.callId())
                    .number(attempt == null ? 0 : attempt.n())
                    .texts(seen.stream().map(one -> one.descriptor().key()).toArray(String[]::new))
                    .numbers(seen.stream()
                            .mapToLong(one ->
                                    one.seen().limit() == null ? 0 : one.seen().limit())
                            .toArray())
                    .numbers(seen.stream()
                            .mapToLong(one -> one.seen().remaining())
                            .toArray())
                    .numbers(seen.stream()
                            .mapToLong(one -> one.seen().lastsNanos())
                            .toArray())
                    .statement()
                    .executeQuery();
        }
    }

    List<Left> left(Connection on, List<Descriptor> descriptors, long aroundMillis) throws SQLException {
        LimitArrays limits = new LimitArrays(descriptors);
        try (Arguments call = new Arguments(on, LEFT)) {
            call.texts(limits.keys())
                    .numbers(limits.kinds())
                    .numbers(limits.limits())
                    .numbers(limits.windows())
                    .numbers(limits.bursts())
                    .numbers(limits.bounds(aroundMillis, zone));
            List<Left> left = new ArrayList<>();
            try (ResultSet rows = call.statement().executeQuery()) {
                while (rows.next()) {
                    left.add(new Left(
                            descriptors.get(left.size()), rows.getLong(1), rows.getLong(2), rows.getBoolean(3)));
                }
            }
            return left;
        }
    }

    static List<Raised> raise(Connection on, List<Floor> floors) throws SQLException {
        LimitArrays limits =
                new LimitArrays(floors.stream().map(Floor::descriptor).toList());
        List<Raised> raised = new ArrayList<>();
        try (Arguments call = new Arguments(on, RAISE)) {
            call.texts(limits.keys())
                    .numbers(floors.stream().mapToLong(Floor::startMillis).toArray())
                    .numbers(floors.stream().mapToLong(Floor::endMillis).toArray())
                    .numbers(floors.stream().mapToLong(Floor::spent).toArray());
            try (ResultSet rows = call.statement().executeQuery()) {
                for (int i = 0; rows.next(); i++) {
                    long by = rows.getLong(1);
                    if (by > 0) {
                        raised.add(new Raised(floors.get(i).descriptor(), by));
                    }
                }
            }
        }
        return raised;
    }

    static long[] numbers(Amounts amounts) {
        return new long[] {
            amounts.requests(),
            amounts.inputTokens(),
            amounts.outputTokens(),
            amounts.cost().value(),
            amounts.expectedCost().value()
        };
    }
}
