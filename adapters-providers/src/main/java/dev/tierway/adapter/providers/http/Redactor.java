package dev.tierway.adapter.providers.http;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Makes a vendor's words fit to be shown: short, on one line, without anything like a credential. */
public final class Redactor {
    public static final int MAX_LENGTH = 1000;

    /** Read before redaction, so that a credential that the cut would hit is still recognised. */
    private static final int MAX_READ = 8 * MAX_LENGTH;

    private static final int SHORTEST_SECRET = 4;
    private static final String MARK = "[redacted]";

    /** The first group stays. */
    private static final List<Pattern> LOOKS_SECRET = List.of(
            Pattern.compile("(?i)(\\bbearer\\s)\\s*[^\\s\"',]+"),
            Pattern.compile("()\\b(?:sk|pk|rk|gsk|xai|key)[-_][A-Za-z0-9_*.\\-]{3,}"),
            Pattern.compile("()\\bAIza[A-Za-z0-9_\\-]{10,}"),
            Pattern.compile("()\\b(?:AKIA|ASIA)[A-Z0-9]{12,}"),
            Pattern.compile("(?i)(\\bx-amz-security-token\\s?[=:]\\s?)[^\\s\"',]+"),
            Pattern.compile("(?i)(\\bkey provided:\\s)[^\\s\"',]+"),
            Pattern.compile("(?i)(\\bapi[-_ ]?key[\"']?\\s?[=:]\\s?[\"']?)[^\\s\"',]+"));

    private final List<String> secrets;

    /** @param secrets credentials in use; those too short to be told from words are left to the patterns */
    public Redactor(List<String> secrets) {
        List<String> known = new ArrayList<>();
        for (String secret : secrets) {
            if (secret.length() >= SHORTEST_SECRET) {
                known.add(secret);
            }
        }
        this.secrets = List.copyOf(known);
    }

    public String clean(String words) {
        String text = words.length() > MAX_READ ? words.substring(0, MAX_READ) : words;
        for (String secret : secrets) {
            text = text.replace(secret, MARK);
        }
        for (Pattern pattern : LOOKS_SECRET) {
            text = pattern.matcher(text).replaceAll("$1" + MARK);
        }
        text = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH - 1) + "…" : text;
    }
}
