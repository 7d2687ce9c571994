package dev.tierway.bootstrap.wiring;

import java.util.function.Supplier;

/**
 * Prometheus' text format, made when asked.
 *
 * @param text may be asked for from any thread
 */
record Scrape(Supplier<String> text) {}
