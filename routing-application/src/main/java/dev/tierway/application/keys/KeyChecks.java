package dev.tierway.application.keys;

import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.error.TierwayException.Details;
import dev.tierway.application.port.in.ManageKeys.NewKey;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What must be right about a key before it is stored. */
public final class KeyChecks {
    /** What an id looks like. */
    public static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");

    /** What a secret may consist of: whatever a header can carry as a bearer token. */
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9._~+/=:@-]*");

    private static final int SHORTEST = 16;
    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final int LONGEST_NOTE = 500;
    private static final int LONGEST_AUTHOR = 100;

    private KeyChecks() {}

    static void require(NewKey key) {
        requireId(key.id());
        requireSecret(key.secret());
        if (key.grant().scopes().isEmpty()) {
            throw invalid("scopes: name at least one of call, explain, read, admin");
        }
        requireSpan("expires", key.lasting());
        requireText("note", key.note(), LONGEST_NOTE);
        requireAuthor(key.author());
    }

    private static void requireId(String id) {
        if (!ID.matcher(id).matches()) {
            throw invalid("id: lower-case letters, digits and . _ -, at most 100, beginning with a letter or digit");
        }
    }

    static void requireAuthor(String author) {
        requireText("author", author, LONGEST_AUTHOR);
        if (author.isBlank()) {
            throw invalid("author: say who orders this");
        }
    }

    static void requireSecret(@Nullable String secret) {
        String wrong = secret == null ? null : wrongWith(secret);
        if (wrong != null) {
            throw invalid("secret: " + wrong);
        }
    }

    /** What is wrong with a secret that somebody brings along; null if nothing is. Never repeats it. */
    public static @Nullable String wrongWith(String secret) {
        if (secret.length() < SHORTEST || secret.length() > KeyRing.LONGEST_SECRET) {
            return "must have " + SHORTEST + " to " + KeyRing.LONGEST_SECRET + " characters";
        }
        return SECRET.matcher(secret).matches()
                ? null
                : "may hold letters, digits and . _ ~ + / = : @ - only, as a header can carry them";
    }

    static void requireSpan(String name, @Nullable Duration span) {
        if (span != null && (span.isNegative() || span.isZero() || span.compareTo(LONGEST) > 0)) {
            throw invalid(name + ": must be more than 0 and at most " + LONGEST.toDays() + "d");
        }
    }

    static void requireReason(@Nullable String reason) {
        requireText("reason", reason, LONGEST_NOTE);
    }

    private static void requireText(String name, @Nullable String text, int longest) {
        if (text == null) {
            return;
        }
        if (text.length() > longest) {
            throw invalid(name + ": at most " + longest + " characters, not " + text.length());
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw invalid(name + ": one line of text, without control characters");
        }
    }

    static InvalidRequestException invalid(String message) {
        return new InvalidRequestException(Details.of(400, "invalid_request", message));
    }
}
