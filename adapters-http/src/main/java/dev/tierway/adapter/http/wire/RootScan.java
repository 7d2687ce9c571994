package dev.tierway.adapter.http.wire;

import com.fasterxml.jackson.core.JsonToken;
import dev.tierway.adapter.http.server.HttpProblem;
import dev.tierway.application.port.out.WireRequest;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Passes over a body's outermost object: finds what every format has, leaves the other members to the format. */
public final class RootScan {
    private static final int MAX_MEMBERS = 256;

    private final byte[] body;
    private final JsonCursor cursor;
    private final Set<String> names = new HashSet<>();
    private int start;
    private @Nullable String model;
    private WireRequest.@Nullable Span modelSpan;
    private WireRequest.@Nullable Span tierwayMember;
    private WireRequest.@Nullable Span tierwayValue;

    public RootScan(byte[] body, JsonCursor cursor) {
        this.body = body;
        this.cursor = cursor;
    }

    /** A format's own members. */
    public interface Members {
        /** The cursor stands on the member's value and must be left at its end. */
        void member(String name);
    }

    /** @throws HttpProblem 400, naming the part that is wrong */
    public void scan(Members others) {
        if (cursor.next() != JsonToken.START_OBJECT) {
            throw HttpProblem.invalid("The body must be a JSON object.", null);
        }
        start = cursor.start();
        while (cursor.advance() != JsonToken.END_OBJECT) {
            String name = cursor.text();
            if (!names.add(name)) {
                throw HttpProblem.invalid("'" + shown(name) + "' is given twice.", shown(name));
            }
            if (names.size() > MAX_MEMBERS) {
                throw HttpProblem.invalid("The body has more than " + MAX_MEMBERS + " members.", null);
            }
            int nameStart = cursor.start();
            cursor.advance();
            switch (name) {
                case "model" -> readModel();
                case "tierway" -> readOptions(nameStart);
                default -> others.member(name);
            }
        }
        if (cursor.next() != null) {
            throw HttpProblem.invalid("Something follows the body's JSON object.", null);
        }
    }

    /** The byte at which the object starts. */
    public int start() {
        return start;
    }

    /** The address called. */
    public String model() {
        if (model == null) {
            throw HttpProblem.invalid("'model' is missing; try 'tier:mid/chat'.", "model");
        }
        return model;
    }

    /** Where the value of {@code model} stands. */
    public WireRequest.Span modelSpan() {
        if (modelSpan == null) {
            throw HttpProblem.invalid("'model' is missing; try 'tier:mid/chat'.", "model");
        }
        return modelSpan;
    }

    /** The {@code tierway} member with its comma; null if there is none. */
    public WireRequest.@Nullable Span tierwayMember() {
        return tierwayMember;
    }

    /** Where the value of {@code tierway} stands; null if there is none. */
    public WireRequest.@Nullable Span tierwayValue() {
        return tierwayValue;
    }

    /** @throws HttpProblem 400 if there was no such member */
    public void require(String name) {
        if (!names.contains(name)) {
            throw HttpProblem.invalid("'" + name + "' is missing.", name);
        }
    }

    private void readModel() {
        int from = cursor.start();
        String named = cursor.requireText("model");
        if (named.isBlank()) {
            throw HttpProblem.invalid("'model' must not be empty; try 'tier:mid/chat'.", "model");
        }
        model = named;
        modelSpan = new WireRequest.Span(from, cursor.end());
    }

    private void readOptions(int nameStart) {
        if (cursor.token() != JsonToken.START_OBJECT) {
            throw cursor.wrongType("tierway", "an object of options");
        }
        int from = cursor.start();
        cursor.skipValue();
        tierwayValue = new WireRequest.Span(from, cursor.end());
        tierwayMember = MemberSpan.withComma(body, nameStart, cursor.end());
    }

    private static String shown(String name) {
        return name.length() > 64 ? name.substring(0, 64) + "…" : name;
    }
}
