package dev.tierway.simulation.report;

import java.util.List;

/** A row for people. */
public final class RowText {
    /** Of the columns, in their order; the first three are names. */
    public static final List<String> HEADINGS = List.of(
            "scenario",
            "load",
            "strategy",
            "calls",
            "success",
            "TTFT p50 ms",
            "p99",
            "p99.9",
            "total p50 ms",
            "p99",
            "$ per 1k",
            "attempts",
            "429 per 1k",
            "wasted tokens",
            "cached",
            "detect s",
            "recover s",
            "to dead",
            "regret");

    /** Of the columns that tell most. */
    public static final List<String> BRIEF_HEADINGS = List.of(
            "scenario",
            "load",
            "strategy",
            "success",
            "TTFT p50",
            "p99 ms",
            "$ per 1k",
            "attempts",
            "429 per 1k",
            "regret");

    private RowText() {}

    /** Its cells; what isn't known or doesn't apply is a dash. */
    public static List<String> of(Row row) {
        Double usd = row.usdPerSuccess();
        return List.of(
                row.scenario(),
                Words.load(row.load()),
                row.strategy(),
                Words.count(row.calls()),
                Words.percent(row.success()),
                Words.millis(row.ttftMillis().p50()),
                Words.millis(row.ttftMillis().p99()),
                Words.millis(row.ttftMillis().p999()),
                Words.millis(row.totalMillis().p50()),
                Words.millis(row.totalMillis().p99()),
                Words.number(usd == null ? null : 1_000 * usd, 2),
                Words.number(row.attemptsPerSuccess(), 3),
                Words.number(row.rateLimitedPer1k(), 1),
                Words.count(row.wastedTokens()),
                Words.percent(row.cacheHit()),
                Words.number(row.detectSeconds(), 1),
                Words.number(row.recoverSeconds(), 1),
                Words.percent(row.deadShare()),
                Words.percent(row.regret()));
    }

    /** The cells that tell most, without intervals. */
    public static List<String> brief(Row row) {
        Estimate success = row.success();
        Estimate regret = row.regret();
        Double usd = row.usdPerSuccess();
        return List.of(
                row.scenario(),
                Words.load(row.load()),
                row.strategy(),
                Words.percent(success == null ? null : success.value()),
                Words.millis(row.ttftMillis().p50()),
                Words.millis(row.ttftMillis().p99()),
                Words.number(usd == null ? null : 1_000 * usd, 2),
                Words.number(row.attemptsPerSuccess(), 3),
                Words.number(row.rateLimitedPer1k(), 1),
                Words.percent(regret == null ? null : regret.value()));
    }
}
