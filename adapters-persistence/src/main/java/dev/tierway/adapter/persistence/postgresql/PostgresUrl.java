package dev.tierway.adapter.persistence.postgresql;

import java.util.regex.Pattern;

/**
 * Where a PostgreSQL is: {@code postgresql://host[:port]/database[?parameter=value…]}, {@code postgres://…} or the same behind
 * {@code jdbc:}; several hosts are told apart by commas. User and password have keys of their own, so that neither appears in
 * a log.
 *
 * @param jdbc as the driver takes it
 * @param shown for people: without parameters
 */
public record PostgresUrl(String jdbc, String shown) {
    /** Exactly what {@link #parse} takes. */
    public static final String PATTERN = "^(jdbc:)?postgres(ql)?://[A-Za-z0-9._:,\\[\\]-]+/[A-Za-z0-9._~%-]+"
            + "(\\?(?!.*(user|password)=)[A-Za-z0-9._~%=&/:+,-]*)?$";

    private static final Pattern FORM = Pattern.compile(PATTERN);
    private static final String WRITE = "write postgresql://host:5432/database";

    /** @throws IllegalArgumentException saying what to write; the message never repeats the URL, which may hold a password */
    public static PostgresUrl parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    text.contains("@") || text.contains("user=") || text.contains("password=")
                            ? "holds a user or a password: take them out, and write the keys user and password beside"
                                    + " it"
                            : "is not a PostgreSQL URL: " + WRITE);
        }
        String plain = text.substring(text.indexOf("://"));
        int parameters = plain.indexOf('?');
        String shown = "postgresql" + (parameters < 0 ? plain : plain.substring(0, parameters));
        return new PostgresUrl("jdbc:postgresql" + plain, shown);
    }

    @Override
    public String toString() {
        return shown;
    }
}
