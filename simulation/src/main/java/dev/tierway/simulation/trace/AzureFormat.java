package dev.tierway.simulation.trace;

import dev.tierway.simulation.Arrival;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The CSV of the Azure LLM inference traces (Patel et al., Splitwise, ISCA 2024). */
final class AzureFormat implements LineFormat {
    static final String HEADER = "TIMESTAMP,ContextTokens,GeneratedTokens";

    private static final LocalDateTime EPOCH = LocalDateTime.of(2020, 1, 1, 0, 0);
    private static final Pattern OFFSET = Pattern.compile("(\\+00:?00|Z)$");
    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd")
            .appendPattern("[ ]['T']")
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private AzureFormat() {}

    /** @throws IllegalArgumentException if that isn't the header */
    static AzureFormat withHeader(String line) {
        if (!line.replace("\"", "").equalsIgnoreCase(HEADER)) {
            throw new IllegalArgumentException("the first line is neither a header nor JSON; expected " + KNOWN);
        }
        return new AzureFormat();
    }

    @Override
    public Arrival arrival(String line) {
        String[] cells = line.split(",", -1);
        if (cells.length != 3) {
            throw new IllegalArgumentException(
                    "has " + cells.length + " columns; expected 3 (" + HEADER + ") in '" + line + "'");
        }
        return new Arrival(
                nanos(cells[0].strip()),
                LineFormat.tokens("ContextTokens", cells[1].strip()),
                LineFormat.tokens("GeneratedTokens", cells[2].strip()),
                List.of());
    }

    private static long nanos(String text) {
        try {
            LocalDateTime at = LocalDateTime.parse(OFFSET.matcher(text).replaceFirst(""), TIMESTAMP);
            if (at.isBefore(EPOCH) || at.isAfter(EPOCH.plusYears(100))) {
                throw new IllegalArgumentException("TIMESTAMP '" + text + "' is not of this century");
            }
            return ChronoUnit.NANOS.between(EPOCH.atOffset(ZoneOffset.UTC), at.atOffset(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "TIMESTAMP '" + text + "' is no time like 2023-11-16 18:17:03.9799600", e);
        }
    }
}
