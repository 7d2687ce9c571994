package dev.tierway.simulation.report;

import org.jspecify.annotations.Nullable;

/** Of pooled samples, in milliseconds; null if there was no sample. */
public record Percentiles(
        @Nullable Double p50,
        @Nullable Double p99,
        @Nullable Double p999) {}
