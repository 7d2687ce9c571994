package dev.tierway.simulation.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A report for programs: maps, lists, texts and numbers, named and rounded as in JSON. What isn't known is null. */
public final class ReportDocument {
    private static final int SHARE_DIGITS = 5;
    private static final int MONEY_DIGITS = 7;
    private static final int MILLIS_DIGITS = 1;
    private static final int SECONDS_DIGITS = 2;

    private ReportDocument() {}

    /** The whole report: {@code {trace, seed, config, rows}}. */
    public static Map<String, @Nullable Object> of(Report report) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("trace", report.trace());
        json.put("seed", report.plan().seed());
        json.put("config", report.config());
        List<Map<String, @Nullable Object>> rows =
                report.rows().stream().map(ReportDocument::row).toList();
        json.put("rows", rows);
        return json;
    }

    /** One of its rows. */
    public static Map<String, @Nullable Object> row(Row row) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("scenario", row.scenario());
        json.put("load", row.load());
        json.put("strategy", row.strategy());
        json.put("seeds", row.seeds());
        json.put("calls", row.calls());
        json.put("success", estimate(row.success()));
        json.put("ttft_ms", percentiles(row.ttftMillis()));
        json.put("total_ms", percentiles(row.totalMillis()));
        json.put("usd_per_success", rounded(row.usdPerSuccess(), MONEY_DIGITS));
        json.put("attempts_per_success", rounded(row.attemptsPerSuccess(), SHARE_DIGITS));
        json.put("rate_limited_per_1k", rounded(row.rateLimitedPer1k(), SECONDS_DIGITS));
        json.put("wasted_tokens", row.wastedTokens());
        json.put("cache_hit", rounded(row.cacheHit(), SHARE_DIGITS));
        json.put("detect_s", rounded(row.detectSeconds(), SECONDS_DIGITS));
        json.put("recover_s", rounded(row.recoverSeconds(), SECONDS_DIGITS));
        json.put("dead_share", rounded(row.deadShare(), SHARE_DIGITS));
        Estimate regret = row.regret();
        json.put("regret", rounded(regret == null ? null : regret.value(), SHARE_DIGITS));
        return json;
    }

    private static @Nullable Object estimate(@Nullable Estimate estimate) {
        if (estimate == null) {
            return null;
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("mean", rounded(estimate.value(), SHARE_DIGITS));
        json.put("lo", rounded(estimate.lo(), SHARE_DIGITS));
        json.put("hi", rounded(estimate.hi(), SHARE_DIGITS));
        return json;
    }

    private static Map<String, @Nullable Object> percentiles(Percentiles millis) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("p50", rounded(millis.p50(), MILLIS_DIGITS));
        json.put("p99", rounded(millis.p99(), MILLIS_DIGITS));
        json.put("p999", rounded(millis.p999(), MILLIS_DIGITS));
        return json;
    }

    private static @Nullable Double rounded(@Nullable Double value, int digits) {
        if (value == null) {
            return null;
        }
        double scale = StrictMath.pow(10, digits);
        return StrictMath.rint(value * scale) / scale;
    }
}
