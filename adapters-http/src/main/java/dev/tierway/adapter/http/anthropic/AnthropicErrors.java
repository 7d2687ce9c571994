package dev.tierway.adapter.http.anthropic;

import dev.tierway.adapter.http.server.ErrorReply;
import dev.tierway.adapter.http.server.ErrorShape;
import dev.tierway.adapter.http.server.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** Errors as Anthropic's clients expect them, with our code and the decision's id added. */
final class AnthropicErrors implements ErrorShape {
    @Override
    public byte[] json(ErrorReply error, String requestId) {
        Map<String, Object> inner = new LinkedHashMap<>();
        inner.put("type", type(error.status()));
        inner.put("message", error.message());
        inner.put("param", error.param());
        inner.put("code", error.code());
        inner.put("decision", error.decision());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", "error");
        json.put("error", inner);
        json.put("request_id", requestId);
        return Json.bytes(json);
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 503, 529 -> "overloaded_error";
            case 408, 504 -> "timeout_error";
            default -> status >= 500 ? "api_error" : "invalid_request_error";
        };
    }
}
