package dev.tierway.adapter.persistence;

import dev.tierway.application.port.out.DecisionLog.Query;

/** Queries for tests, one condition at a time. */
public final class Queries {
    private Queries() {}

    public static Query newest(int limit) {
        return after(null, limit);
    }

    public static Query after(String cursor, int limit) {
        return new Query(null, null, null, null, null, null, null, null, limit, cursor);
    }

    public static Query between(Long since, Long until) {
        return new Query(since, until, null, null, null, null, null, null, 100, null);
    }

    public static Query status(String status) {
        return new Query(null, null, status, null, null, null, null, null, 100, null);
    }

    public static Query code(String code) {
        return new Query(null, null, null, code, null, null, null, null, 100, null);
    }

    public static Query model(String model) {
        return new Query(null, null, null, null, model, null, null, null, 100, null);
    }

    public static Query replica(String replica) {
        return new Query(null, null, null, null, null, replica, null, null, 100, null);
    }

    public static Query agent(String agent) {
        return new Query(null, null, null, null, null, null, agent, null, 100, null);
    }

    public static Query spilled(boolean spilled) {
        return new Query(null, null, null, null, null, null, null, spilled, 100, null);
    }
}
