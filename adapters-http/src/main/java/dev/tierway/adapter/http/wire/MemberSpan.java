package dev.tierway.adapter.http.wire;

import dev.tierway.application.port.out.WireRequest;

/** Where a member of an object stands, with the one comma that must go when it goes. */
final class MemberSpan {
    private MemberSpan() {}

    /**
     * The comma after it if there is one, else the one before it. The member must not be the object's only one.
     *
     * @param nameStart the opening quote of its name
     * @param valueEnd the byte after its value
     */
    static WireRequest.Span withComma(byte[] body, int nameStart, int valueEnd) {
        int after = valueEnd;
        while (after < body.length && isSpace(body[after])) {
            after++;
        }
        if (after < body.length && body[after] == ',') {
            return new WireRequest.Span(nameStart, after + 1);
        }
        int before = nameStart - 1;
        while (before > 0 && isSpace(body[before])) {
            before--;
        }
        return body[before] == ',' ? new WireRequest.Span(before, valueEnd) : new WireRequest.Span(nameStart, valueEnd);
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
