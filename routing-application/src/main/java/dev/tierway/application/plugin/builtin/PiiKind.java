package dev.tierway.application.plugin.builtin;

import dev.tierway.application.plugin.builtin.SpanFinder.Span;
import java.util.List;
import java.util.Locale;

/** What is known to be personal, told by its form; where a checksum exists, by that. */
public enum PiiKind {
    EMAIL("[\\pL\\pN._%+\\-]+@(?:[\\pL\\pN](?:[\\pL\\pN\\-]*[\\pL\\pN])?\\.)+\\pL{2,}") {
        @Override
        List<Span> checked(String text, Span found) {
            return List.of(found);
        }
    },
    /** A candidate may hold more before and after it, as long as it is in groups. */
    IBAN("[A-Z]{2}\\d{2}(?: ?[A-Z0-9]){11,40}") {
        @Override
        List<Span> checked(String text, Span found) {
            return PiiChecks.windows(text, found, 15, PiiChecks::ibanBegins, PiiChecks::iban);
        }
    },
    CARD("\\d(?:[ -]?\\d){12,40}") {
        @Override
        List<Span> checked(String text, Span found) {
            return PiiChecks.windows(text, found, 13, PiiChecks::digit, PiiChecks::card);
        }
    },
    IP("(?:\\d{1,3}\\.){3}\\d{1,3}|[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}") {
        @Override
        List<Span> checked(String text, Span found) {
            boolean alone = !PiiChecks.letterOrDigit(text, found.start() - 1)
                    && !PiiChecks.letterOrDigit(text, found.end())
                    && !(text.startsWith(".", found.end()) && PiiChecks.digit(text, found.end() + 1));
            return alone && PiiChecks.ip(text.substring(found.start(), found.end())) ? List.of(found) : List.of();
        }
    },
    /** With the country's {@code +}, or written as numbers are that begin with an area code. */
    PHONE("\\+\\d(?:[ ().\\-/]{0,2}\\d){6,14}|\\(?\\d{3}\\)?[ .\\-]\\d{3}[ .\\-]\\d{4}"
            + "|\\(?0\\d{1,4}\\)?[ /\\-]{1,2}\\d{3,4}(?:[ \\-]?\\d{2,4}){1,3}") {
        @Override
        List<Span> checked(String text, Span found) {
            return PiiChecks.letterOrDigit(text, found.start() - 1) || PiiChecks.digit(text, found.end())
                    ? List.of()
                    : List.of(found);
        }
    };

    private final String pattern;
    private final String id = name().toLowerCase(Locale.ROOT);

    PiiKind(String pattern) {
        this.pattern = pattern;
    }

    /** The name in configuration. */
    public String id() {
        return id;
    }

    String pattern() {
        return pattern;
    }

    /** What of a candidate is really one. */
    abstract List<Span> checked(String text, Span found);
}
