package dev.tierway.adapter.http.server;

import org.jspecify.annotations.Nullable;

/** A request this server refuses itself, before it is a call. */
public final class HttpProblem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;
    private final @Nullable String param;
    private final @Nullable String allow;

    /** @param param the part of the request that is wrong, e.g. {@code messages[0].role}; null if none in particular */
    public HttpProblem(int status, String code, String message, @Nullable String param) {
        this(status, code, message, param, null);
    }

    private HttpProblem(int status, String code, String message, @Nullable String param, @Nullable String allow) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.param = param;
        this.allow = allow;
    }

    static HttpProblem methodNotAllowed(String path, String method, String allow) {
        String message = path + " answers " + allow + ", not " + method + ".";
        return new HttpProblem(405, "method_not_allowed", message, null, allow);
    }

    public static HttpProblem invalid(String message, @Nullable String param) {
        return new HttpProblem(400, "invalid_request", message, param);
    }

    public static HttpProblem of(int status, String code, String message) {
        return new HttpProblem(status, code, message, null);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public @Nullable String param() {
        return param;
    }

    /** The methods that would have been right; null unless the method was wrong. */
    @Nullable
    String allow() {
        return allow;
    }

    /** The text for the client; never null. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
