package dev.tierway.adapter.http.server;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads one request's JSON body within its limits. */
final class BodyReader {
    private static final int FIRST_CHUNK = 16 << 10;

    private final HttpServerRequest request;
    private final int maxBytes;
    /** How long the whole is, if that was declared; nothing is set aside for what hasn't come. */
    private final long announced;

    private byte[] bytes = new byte[0];
    private int length;

    private BodyReader(HttpServerRequest request, int maxBytes, long announced) {
        this.request = request;
        this.maxBytes = maxBytes;
        this.announced = announced;
    }

    /**
     * @param done gets the whole body
     * @param failed gets what is wrong, once; then nothing more is kept
     * @throws HttpProblem if the head already says that the body can't be taken
     */
    static void read(HttpServerRequest request, int maxBytes, Consumer<byte[]> done, Consumer<HttpProblem> failed) {
        requireJson(request.getHeader(HttpHeaders.CONTENT_TYPE));
        requirePlain(request.getHeader(HttpHeaders.CONTENT_ENCODING));
        String declared = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        long announced = declared == null ? maxBytes : declaredLength(declared);
        if (announced > maxBytes) {
            throw tooLarge(maxBytes);
        }
        answerExpectation(request);
        BodyReader reader = new BodyReader(request, maxBytes, announced);
        request.handler(chunk -> reader.take(chunk, failed));
        request.endHandler(end -> reader.finish(done));
    }

    private void take(Buffer chunk, Consumer<HttpProblem> failed) {
        int needed = length + chunk.length();
        if (needed > maxBytes) {
            // What still comes is dropped: it must be read for the answer to arrive, but not kept.
            request.handler(dropped -> {});
            request.endHandler(end -> {});
            bytes = new byte[0];
            failed.accept(tooLarge(maxBytes));
            return;
        }
        if (needed > bytes.length) {
            int roomy = length == 0 ? needed : Math.max(needed, Math.max(FIRST_CHUNK, bytes.length * 2));
            bytes = Arrays.copyOf(bytes, (int) Math.min(roomy, Math.max(needed, announced)));
        }
        chunk.getBytes(0, chunk.length(), bytes, length);
        length = needed;
    }

    private void finish(Consumer<byte[]> done) {
        done.accept(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
    }

    private static long declaredLength(String header) {
        try {
            return Long.parseUnsignedLong(header) < 0 ? Long.MAX_VALUE : Long.parseLong(header);
        } catch (NumberFormatException e) {
            throw HttpProblem.of(400, "invalid_request", "The content-length header is not a number of bytes.");
        }
    }

    private static HttpProblem tooLarge(int maxBytes) {
        return HttpProblem.of(
                413, "request_too_large", "The body is larger than this gateway takes: " + maxBytes + " bytes.");
    }

    private static void requireJson(@Nullable String contentType) {
        String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        int parameters = type.indexOf(';');
        boolean json =
                (parameters < 0 ? type : type.substring(0, parameters)).strip().equals("application/json");
        boolean utf8 = parameters < 0 || !type.contains("charset") || type.contains("utf-8") || type.contains("utf8");
        if (!json || !utf8) {
            throw HttpProblem.of(
                    415,
                    "unsupported_media_type",
                    "Send the body as JSON in UTF-8, with the header 'content-type: application/json'.");
        }
    }

    private static void requirePlain(@Nullable String contentEncoding) {
        if (contentEncoding != null && !contentEncoding.equalsIgnoreCase("identity")) {
            throw HttpProblem.of(
                    415,
                    "unsupported_media_type",
                    "Compressed bodies are not taken; send it without the header 'content-encoding'.");
        }
    }

    private static void answerExpectation(HttpServerRequest request) {
        String expectation = request.getHeader(HttpHeaders.EXPECT);
        if (expectation == null) {
            return;
        }
        if (!expectation.equalsIgnoreCase("100-continue")) {
            throw HttpProblem.of(417, "invalid_request", "The only expectation met here is 100-continue.");
        }
        request.response().writeContinue();
    }
}
