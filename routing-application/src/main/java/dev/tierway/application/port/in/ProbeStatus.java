package dev.tierway.application.port.in;

import org.jspecify.annotations.Nullable;

/**
 * What health probes know of one replica.
 *
 * @param result of the last one: alive | model_not_listed | inconclusive | unreachable | timed_out | faulty
 * @param agoMillis since then
 * @param failures in a row
 * @param unhealthyMillis for how long calls are kept from it unless another probe answers; null: they aren't
 */
public record ProbeStatus(
        String result,
        long agoMillis,
        int failures,
        @Nullable Long unhealthyMillis) {}
