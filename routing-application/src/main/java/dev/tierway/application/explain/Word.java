package dev.tierway.application.explain;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A name or an enumerated value, with its JSON made once. */
final class Word {
    final String text;
    /** As a value: quoted; it holds nothing that would have to be escaped. */
    final byte[] value;
    /** As a name: a comma, the name, a colon. */
    final byte[] member;

    private Word(String text) {
        this.text = text;
        this.value = ('"' + text + '"').getBytes(StandardCharsets.US_ASCII);
        this.member = (",\"" + text + "\":").getBytes(StandardCharsets.US_ASCII);
    }

    /** @param text small letters, digits and underscores */
    static Word of(String text) {
        return new Word(text);
    }

    /** One for each of an enumeration, under its place. */
    static Word[] of(Enum<?>[] values) {
        Word[] words = new Word[values.length];
        for (Enum<?> value : values) {
            words[value.ordinal()] = of(value.name().toLowerCase(Locale.ROOT));
        }
        return words;
    }
}
