package dev.tierway.simulation;

import dev.tierway.domain.fleet.Mixing;
import java.util.Arrays;

/** How calls ended, as their clients saw it. */
final class CallLog {
    private static final double MILLI = 1e6;
    private static final double SECOND = 1e9;

    private final long[] begunAt;
    private final boolean[] over;
    private double[] ttftMillis;
    private double[] totalMillis;
    private int delivered;
    private int ended;
    private double seconds;
    private long hash;

    CallLog(int calls) {
        begunAt = new long[calls];
        over = new boolean[calls];
        ttftMillis = new double[calls];
        totalMillis = new double[calls];
    }

    void begun(int call, long nowNanos) {
        begunAt[call] = nowNanos;
    }

    long begunAt(int call) {
        return begunAt[call];
    }

    void delivered(int call, long firstTokenNanos, long nowNanos) {
        ttftMillis[delivered] = (firstTokenNanos - begunAt[call]) / MILLI;
        totalMillis[delivered++] = (nowNanos - begunAt[call]) / MILLI;
        end(call, nowNanos, 1);
    }

    void failed(int call, long nowNanos) {
        end(call, nowNanos, 2);
    }

    private void end(int call, long nowNanos, int how) {
        over[call] = true;
        ended++;
        seconds += (nowNanos - begunAt[call]) / SECOND;
        hash = Mixing.mix(hash ^ nowNanos, 4L * call + how);
    }

    boolean over(int call) {
        return over[call];
    }

    int calls() {
        return begunAt.length;
    }

    int ended() {
        return ended;
    }

    int delivered() {
        return delivered;
    }

    /** What all calls waited together, failed ones until they failed. */
    double seconds() {
        return seconds;
    }

    double[] ttftMillis() {
        return Arrays.copyOf(ttftMillis, delivered);
    }

    double[] totalMillis() {
        return Arrays.copyOf(totalMillis, delivered);
    }

    long hash() {
        return hash;
    }
}
