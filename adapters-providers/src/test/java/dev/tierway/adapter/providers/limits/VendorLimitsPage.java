package dev.tierway.adapter.providers.limits;

import dev.tierway.domain.quota.VendorLimit;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** docs/reference/vendor-limits.md, as tests read it. */
public final class VendorLimitsPage {
    public static final long NOW = Instant.parse("2026-11-20T12:00:00Z").toEpochMilli();

    private static final Path PAGE =
            Path.of(System.getProperty("basedir", "."), "..", "docs", "reference", "vendor-limits.md");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    private VendorLimitsPage() {}

    /** One row of a table whose first cell is one of those. */
    public static List<List<String>> rows(List<String> first) throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| "))
                .map(line -> Arrays.stream(
                                line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                        .map(String::strip)
                        .toList())
                .filter(row -> first.contains(row.getFirst().replace("`", "")))
                .toList();
    }

    public static List<String> quoted(String cell) {
        return QUOTED.matcher(cell).results().map(found -> found.group(1)).toList();
    }

    public static MultiMap headers(List<String> lines) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        for (String line : lines) {
            String[] parts = line.split(":", 2);
            headers.add(parts[0], parts[1].strip());
        }
        if (!headers.contains("date")) {
            headers.add("date", "Fri, 20 Nov 2026 12:00:00 GMT");
        }
        return headers;
    }

    static String words(List<VendorLimit> limits) {
        return limits.isEmpty()
                ? "nothing"
                : limits.stream().map(VendorLimitsPage::words).sorted().collect(Collectors.joining("; "));
    }

    private static String words(VendorLimit limit) {
        return limit.dimension().id() + ": " + limit.remaining() + " left"
                + (limit.limit() == null ? "" : " of " + limit.limit())
                + (limit.window() == null ? "" : " per " + window(limit.window()))
                + (limit.resetAfterNanos() == null ? "" : ", whole in " + duration(limit.resetAfterNanos()));
    }

    private static String window(Duration window) {
        return window.equals(Duration.ofMinutes(1))
                ? "minute"
                : window.equals(Duration.ofDays(1))
                        ? "day"
                        : window.toDays() > 0 ? window.toDays() + " days" : window.toSeconds() + " s";
    }

    private static String duration(long nanos) {
        return Duration.ofNanos(nanos).toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
