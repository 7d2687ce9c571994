package dev.tierway.adapter.providers;

import java.util.Locale;
import java.util.Set;

/** Which headers an operator may add to requests: none that frame the message or that Tierway sets itself. */
final class HeaderRules {
    private static final Set<String> OURS = Set.of(
            "accept",
            "accept-encoding",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "expect",
            "host",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "via",
            "x-request-id");

    private HeaderRules() {}

    /** @throws IllegalArgumentException if that header can't be sent; the message doesn't repeat the value */
    static void require(String name, String value) {
        if (name.isEmpty() || !name.chars().allMatch(HeaderRules::isNameCharacter)) {
            throw new IllegalArgumentException("'" + name + "' is not a header name: use letters, digits and -");
        }
        if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("the header '" + name + "' is set by Tierway: remove it");
        }
        if (!isSendable(value)) {
            throw new IllegalArgumentException(
                    "the value of header '" + name + "' holds a line break or a character outside visible ASCII");
        }
    }

    static boolean isSendable(String value) {
        return value.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    private static boolean isNameCharacter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }
}
