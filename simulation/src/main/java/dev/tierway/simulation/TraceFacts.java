package dev.tierway.simulation;

/**
 * What sizing a fleet needs to know of a trace.
 *
 * @param callsPerSecond over the whole window
 * @param largestRequest input and output tokens of the largest call
 */
record TraceFacts(
        int calls, long windowNanos, double callsPerSecond, double meanInput, double meanOutput, long largestRequest) {
    private static final long LEAST_WINDOW_NANOS = 1_000_000_000L;

    /** @throws IllegalArgumentException for a trace without calls, or one that isn't sorted */
    static TraceFacts of(Trace trace) {
        if (trace.arrivals().isEmpty()) {
            throw new IllegalArgumentException("trace '" + trace.name() + "' has no calls");
        }
        double input = 0;
        double output = 0;
        long largest = 1;
        long last = 0;
        for (Arrival arrival : trace.arrivals()) {
            if (arrival.atNanos() < last) {
                throw new IllegalArgumentException("trace '" + trace.name() + "' is not sorted by time");
            }
            last = arrival.atNanos();
            input += arrival.inputTokens();
            output += arrival.outputTokens();
            largest = Math.max(largest, (long) arrival.inputTokens() + arrival.outputTokens());
        }
        int calls = trace.arrivals().size();
        long window = Math.max(LEAST_WINDOW_NANOS, last);
        return new TraceFacts(calls, window, calls / (window / 1e9), input / calls, output / calls, largest);
    }
}
