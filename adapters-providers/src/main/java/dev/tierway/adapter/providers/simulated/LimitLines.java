package dev.tierway.adapter.providers.simulated;

import dev.tierway.adapter.providers.simulated.LimitMeter.Level;
import dev.tierway.domain.quota.Dimension;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes what is left of limits as each vendor would. */
final class LimitLines {
    static final long SECOND = 1_000_000_000;

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static final List<List<String>> LIES = List.of(
            List.of("x-ratelimit-limit-requests: -1", "x-ratelimit-remaining-requests: -1"),
            List.of("x-ratelimit-remaining-requests: 99999999999999999999", "x-ratelimit-reset-requests: 1s"),
            List.of("x-ratelimit-remaining-tokens: 0", "x-ratelimit-remaining-tokens: 4000"),
            List.of("x-ratelimit-remaining-tokens: none", "x-ratelimit-reset-tokens: whenever"),
            List.of("ratelimit: \"default\";r=-5;t=-5", "ratelimit-policy: ;;q=,"),
            List.of(
                    "anthropic-ratelimit-tokens-remaining: 1e3",
                    "anthropic-ratelimit-tokens-reset: 2001-01-01T00:00:00Z"),
            List.of("X-RateLimit-Limit: 0", "X-RateLimit-Remaining: NaN", "X-RateLimit-Reset: -7"));

    private LimitLines() {}

    static List<String> of(SimulatedLimits.Style style, List<Level> levels, long request, long epochMillis) {
        return switch (style) {
            case OPENAI -> openAi(levels);
            case AZURE_OPENAI -> azure(levels);
            case ANTHROPIC -> anthropic(levels, epochMillis);
            case MISTRAL -> mistral(levels);
            case OPENROUTER -> openRouter(levels, epochMillis);
            case STANDARD -> standard(levels);
            case HOSTILE -> LIES.get((int) (request % LIES.size()));
        };
    }

    private static List<String> openAi(List<Level> levels) {
        List<String> lines = new ArrayList<>();
        for (Level level : levels) {
            String dimension = level.limit().dimension().id();
            lines.add("x-ratelimit-limit-" + dimension + ": " + level.limit().amount());
            lines.add("x-ratelimit-remaining-" + dimension + ": " + level.remaining());
            lines.add("x-ratelimit-reset-" + dimension + ": " + goDuration(level.wholeInNanos()));
        }
        return lines;
    }

    /** As OpenAI's server writes durations: {@code 6m0s}, {@code 59.123s}, {@code 20ms}. */
    private static String goDuration(long nanos) {
        Duration left = Duration.ofMillis(Math.ceilDiv(nanos, 1_000_000));
        if (left.toSeconds() == 0) {
            return left.toMillis() + "ms";
        }
        String seconds = left.toSecondsPart()
                + (left.toMillisPart() == 0 ? "" : "." + "%03d".formatted(left.toMillisPart())) + "s";
        String minutes = left.toHours() > 0 || left.toMinutesPart() > 0 ? left.toMinutesPart() + "m" : "";
        return (left.toHours() > 0 ? left.toHours() + "h" : "") + minutes + seconds;
    }

    private static List<String> azure(List<Level> levels) {
        List<String> lines = new ArrayList<>();
        for (Level level : levels) {
            String dimension = level.limit().dimension().id();
            lines.add("x-ratelimit-remaining-" + dimension + ": " + level.remaining());
            lines.add("x-ratelimit-reset-" + dimension + ": " + Math.ceilDiv(level.wholeInNanos(), SECOND));
        }
        return lines;
    }

    private static List<String> anthropic(List<Level> levels, long epochMillis) {
        List<String> lines = new ArrayList<>(List.of(date(epochMillis)));
        for (Level level : levels) {
            String name = "anthropic-ratelimit-" + level.limit().dimension().id();
            lines.add(name + "-limit: " + level.limit().amount());
            lines.add(name + "-remaining: " + level.remaining());
            lines.add(name + "-reset: "
                    + Instant.ofEpochMilli(epochMillis + Math.ceilDiv(level.wholeInNanos(), 1_000_000)));
        }
        return lines;
    }

    private static List<String> mistral(List<Level> levels) {
        List<String> lines = new ArrayList<>();
        for (Level level : levels) {
            String unit = level.limit().dimension() == Dimension.REQUESTS
                    ? "req"
                    : level.limit().dimension().id();
            String period = level.limit().window().toDays() > 0
                    ? "day"
                    : level.limit().window().toHours() > 0 ? "hour" : "minute";
            lines.add("x-ratelimit-limit-" + unit + "-" + period + ": "
                    + level.limit().amount());
            lines.add("x-ratelimit-remaining-" + unit + "-" + period + ": " + level.remaining());
        }
        return lines;
    }

    /** It tells of requests alone. */
    private static List<String> openRouter(List<Level> levels, long epochMillis) {
        List<String> lines = new ArrayList<>();
        for (Level level : levels) {
            if (level.limit().dimension() == Dimension.REQUESTS && lines.isEmpty()) {
                lines.add(date(epochMillis));
                lines.add("X-RateLimit-Limit: " + level.limit().amount());
                lines.add("X-RateLimit-Remaining: " + level.remaining());
                lines.add("X-RateLimit-Reset: " + (epochMillis + Math.ceilDiv(level.wholeInNanos(), 1_000_000)));
            }
        }
        return lines;
    }

    private static List<String> standard(List<Level> levels) {
        StringBuilder service = new StringBuilder();
        StringBuilder policy = new StringBuilder();
        for (Level level : levels) {
            if (level.limit().dimension() == Dimension.REQUESTS) {
                String separator = service.isEmpty() ? "" : ", ";
                long seconds = level.limit().window().toSeconds();
                String name = separator + "\"per-" + seconds + "-s\"";
                service.append(name)
                        .append(";r=")
                        .append(level.remaining())
                        .append(";t=")
                        .append(Math.ceilDiv(level.wholeInNanos(), SECOND));
                policy.append(name)
                        .append(";q=")
                        .append(level.limit().amount())
                        .append(";w=")
                        .append(seconds);
            }
        }
        return service.isEmpty() ? List.of() : List.of("ratelimit: " + service, "ratelimit-policy: " + policy);
    }

    private static String date(long epochMillis) {
        return "date: " + DATE.format(Instant.ofEpochMilli(epochMillis));
    }
}
