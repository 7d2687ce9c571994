package dev.tierway.application.plugin.builtin;

import dev.tierway.application.plugin.builtin.SpanFinder.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Checksums and forms that tell what is really one from what looks like it. */
final class PiiChecks {
    private PiiChecks() {}

    /** Whether something can begin there, or is there. */
    interface Place {
        boolean is(String text, int at);
    }

    /**
     * Those stretches of a candidate that pass a check: the longest from the leftmost begin, then on behind it. They stand
     * alone: neither letters nor digits touch them.
     *
     * @param fewest characters of one
     */
    static List<Span> windows(String text, Span candidate, int fewest, Place begins, Predicate<String> check) {
        List<Span> spans = new ArrayList<>(1);
        int start = candidate.start();
        while (candidate.end() - start >= fewest) {
            int end = begins.is(text, start) && !letterOrDigit(text, start - 1)
                    ? end(text, start, candidate.end(), fewest, check)
                    : -1;
            if (end > 0) {
                spans.add(new Span(start, end));
            }
            start = end > 0 ? end : start + 1;
        }
        return spans;
    }

    private static int end(String text, int start, int last, int fewest, Predicate<String> check) {
        for (int end = last; end - start >= fewest; end--) {
            if (letterOrDigit(text, end - 1) && !letterOrDigit(text, end) && check.test(text.substring(start, end))) {
                return end;
            }
        }
        return -1;
    }

    static boolean digit(String text, int at) {
        return at >= 0 && at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    static boolean letterOrDigit(String text, int at) {
        return at >= 0 && at < text.length() && Character.isLetterOrDigit(text.charAt(at));
    }

    /** Two letters of a country, two digits of the checksum. */
    static boolean ibanBegins(String text, int at) {
        return at + 3 < text.length()
                && Character.isLetter(text.charAt(at))
                && Character.isLetter(text.charAt(at + 1))
                && digit(text, at + 2)
                && digit(text, at + 3);
    }

    /** Luhn's checksum (ISO/IEC 7812) over 13 to 19 digits, whatever stands between them. */
    static boolean card(String text) {
        int sum = 0;
        int digits = 0;
        boolean twice = false;
        for (int i = text.length() - 1; i >= 0; i--) {
            int digit = Character.digit(text.charAt(i), 10);
            if (digit < 0) {
                continue;
            }
            int counted = twice ? digit * 2 : digit;
            sum += counted > 9 ? counted - 9 : counted;
            twice = !twice;
            digits++;
        }
        return digits >= 13 && digits <= 19 && sum != 0 && sum % 10 == 0;
    }

    /** ISO 7064, modulo 97, over the account number with its first four characters moved to the end. */
    static boolean iban(String text) {
        String plain = text.replace(" ", "");
        if (plain.length() < 15 || plain.length() > 34) {
            return false;
        }
        int rest = 0;
        String turned = plain.substring(4) + plain.substring(0, 4);
        for (int i = 0; i < turned.length(); i++) {
            int value = Character.digit(turned.charAt(i), 36);
            rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % 97;
        }
        return rest == 1;
    }

    static boolean ip(String text) {
        return text.indexOf(':') < 0 ? ipV4(text) : ipV6(text);
    }

    private static boolean ipV4(String text) {
        for (String part : text.split("\\.", -1)) {
            if (Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    /** Eight groups, or fewer and one gap; a time of day has neither. At least one digit: names of code have none. */
    private static boolean ipV6(String text) {
        int gap = text.indexOf("::");
        boolean oneGap = gap >= 0 && text.indexOf("::", gap + 1) < 0;
        String[] groups = text.split(":", -1);
        int filled = 0;
        for (String group : groups) {
            filled += group.isEmpty() ? 0 : 1;
        }
        boolean openEnded =
                (text.startsWith(":") && !text.startsWith("::")) || (text.endsWith(":") && !text.endsWith("::"));
        boolean whole = gap < 0 ? filled == 8 && groups.length == 8 : oneGap && filled <= 7 && filled >= 1;
        return whole && !openEnded && text.chars().anyMatch(Character::isDigit);
    }
}
