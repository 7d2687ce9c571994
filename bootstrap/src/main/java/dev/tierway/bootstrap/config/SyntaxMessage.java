package dev.tierway.bootstrap.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a parser says is wrong, without the piece of the file it quotes: that may hold a secret. */
final class SyntaxMessage {
    private static final Pattern PLACE = Pattern.compile("line ([0-9]{1,9}), column ([0-9]{1,9})");

    private SyntaxMessage() {}

    static String of(JsonProcessingException e) {
        // SnakeYAML indents what it quotes and the places; its own words start the line.
        String words = e.getOriginalMessage()
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith(" "))
                .collect(Collectors.joining(", "));
        // Jackson quotes an unknown word; a single character is no secret and helps.
        String safe = words.replaceAll("(token|alias|anchor) '[^']{2,}'", "$1");
        return "can't be parsed: " + (safe.isEmpty() ? "malformed text" : safe);
    }

    /** SnakeYAML's last place is where it gave up; Jackson's is the token before. */
    static Location placeOf(JsonProcessingException e) {
        Location place = null;
        Matcher places = PLACE.matcher(e.getOriginalMessage());
        while (places.find()) {
            place = new Location(Integer.parseInt(places.group(1)), Integer.parseInt(places.group(2)));
        }
        return place == null ? placeOf(e.getLocation()) : place;
    }

    static Location placeOf(@Nullable JsonLocation location) {
        return location == null || location.getLineNr() < 1
                ? Location.WHOLE_FILE
                : new Location(location.getLineNr(), Math.max(1, location.getColumnNr()));
    }

    /** The usual slip: <code>{ port: ${PORT} }</code>. */
    static @Nullable String suggestion(JsonProcessingException e, String text) {
        return e.getOriginalMessage().contains("flow") && Placeholders.in(text)
                ? "inside { } and [ ] put quotes around placeholders: \"${NAME}\""
                : null;
    }
}
