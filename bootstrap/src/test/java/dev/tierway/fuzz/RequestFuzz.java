package dev.tierway.fuzz;

import dev.tierway.adapter.http.openai.OpenAiRequestDecoder;
import dev.tierway.application.error.InvalidRequestException;

/** A chat request's JSON. */
public final class RequestFuzz {
    private RequestFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        try {
            OpenAiRequestDecoder.decode(data);
        } catch (InvalidRequestException told) {
            if (told.getMessage() == null || told.httpStatus() != 400) {
                throw new AssertionError("a request is wrong without words", told);
            }
        }
    }
}
