package dev.tierway.domain.call;

/**
 * One reserved attempt of a call.
 *
 * @param n counts every reservation of the call from 1, hedges too
 */
public record AttemptId(String callId, int n) {
    @Override
    public String toString() {
        return callId + "#" + n;
    }
}
