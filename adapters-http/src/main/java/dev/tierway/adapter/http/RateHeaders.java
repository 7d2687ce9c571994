package dev.tierway.adapter.http;

import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.quota.Usage;
import io.vertx.core.MultiMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code x-ratelimit-*} of the caller's own tightest limits on requests and on tokens, as OpenAI writes them. */
final class RateHeaders {
    static final List<String> NAMES = List.of(
            "x-ratelimit-limit-requests",
            "x-ratelimit-remaining-requests",
            "x-ratelimit-reset-requests",
            "x-ratelimit-limit-tokens",
            "x-ratelimit-remaining-tokens",
            "x-ratelimit-reset-tokens");

    private RateHeaders() {}

    static void write(MultiMap headers, List<Left> limits) {
        write(headers, "requests", tightest(limits, Dimension.REQUESTS));
        write(headers, "tokens", tightest(limits, Dimension.TOKENS));
    }

    /** Of the limit that denied a call; nothing if none did. */
    static void denied(MultiMap headers, Selection selection) {
        if (selection.result() instanceof CallResult.LimitReached reached && reached.retryAtNanos() != null) {
            long end = selection.rounds().isEmpty()
                    ? selection.identity().startNanos()
                    : selection.rounds().getLast().atNanos();
            write(
                    headers,
                    List.of(new Left(
                            reached.descriptor(),
                            reached.available(),
                            Math.max(0, reached.retryAtNanos() - end),
                            false)));
        }
    }

    private static @Nullable Left tightest(List<Left> limits, Dimension dimension) {
        Left tightest = null;
        for (Left left : limits) {
            if (left.descriptor().limit().dimension() == dimension
                    && left.descriptor().enforced()
                    && (tightest == null || share(left) < share(tightest))) {
                tightest = left;
            }
        }
        return tightest;
    }

    private static double share(Left left) {
        return left.available() / (double) left.descriptor().limit().burst();
    }

    private static void write(MultiMap headers, String what, @Nullable Left left) {
        if (left == null) {
            return;
        }
        headers.set(
                "x-ratelimit-limit-" + what,
                Long.toString(left.descriptor().limit().amount()));
        headers.set("x-ratelimit-remaining-" + what, Long.toString(left.available()));
        if (left.restNanos() != Usage.NEVER) {
            headers.set("x-ratelimit-reset-" + what, duration(left.restNanos()));
        }
    }

    /** {@code 20ms}, {@code 1.5s}, {@code 6m0s}, {@code 2h0m0s}; rounded up to a millisecond. */
    static String duration(long nanos) {
        long millis = Math.ceilDiv(nanos, 1_000_000);
        if (millis < 1000) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        String fraction = millis % 1000 == 0 ? "" : ("." + String.format("%03d", millis % 1000)).replaceAll("0+$", "");
        StringBuilder text = new StringBuilder();
        if (seconds >= 3600) {
            text.append(seconds / 3600).append('h');
        }
        if (seconds >= 60) {
            text.append(seconds / 60 % 60).append('m');
        }
        return text.append(seconds % 60).append(fraction).append('s').toString();
    }
}
