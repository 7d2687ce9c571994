package dev.tierway.adapter.providers.limits;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Dates in headers: the three forms RFC 9110, 5.6.7, wants understood. */
public final class HttpDate {
    private static final int LONGEST = 64;

    private static final DateTimeFormatter FORMS = new DateTimeFormatterBuilder()
            .appendOptional(DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH))
            .appendOptional(new DateTimeFormatterBuilder()
                    .appendPattern("EEEE, dd-MMM-")
                    .appendValueReduced(ChronoField.YEAR, 2, 2, LocalDate.of(1980, 1, 1))
                    .appendPattern(" HH:mm:ss 'GMT'")
                    .toFormatter(Locale.ENGLISH))
            .appendOptional(DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH))
            .toFormatter(Locale.ENGLISH);

    private HttpDate() {}

    /** Null if it is no such date. */
    public static @Nullable Long epochMillis(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        try {
            return LocalDateTime.parse(text, FORMS).toInstant(ZoneOffset.UTC).toEpochMilli();
        } catch (DateTimeException garbage) {
            return null;
        }
    }
}
