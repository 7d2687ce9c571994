package dev.tierway.adapter.providers.wire;

import dev.tierway.adapter.providers.http.Redactor;
import dev.tierway.adapter.providers.http.RetryAfter;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which failure class a vendor's refusal is: by its documented code or words if they say, else by the status. Each rule
 * is a row of docs/reference/failure-classes.md.
 */
public final class ErrorClassifier {
    private static final List<String> ACCOUNT = List.of(
            "insufficient_quota",
            "insufficient_balance",
            "insufficient_credits",
            "billing_hard_limit_reached",
            "billing_not_active",
            "billing_disabled",
            "billing_error",
            "credit_balance_too_low");
    private static final List<String> ACCOUNT_WORDS = List.of(
            "exceeded your current quota",
            "insufficient balance",
            "insufficient credits",
            "credit balance is too low",
            "enable billing",
            "user location is not supported",
            "billing hard limit");
    private static final List<String> CONTEXT = List.of(
            "context_length_exceeded", "context_window_exceeded", "exceed_context_size_error", "prompt_too_long");
    private static final List<String> CONTEXT_WORDS = List.of(
            "maximum context length",
            "context length exceeded",
            "exceeds the context window",
            "exceeds the available context size",
            "maximum prompt length",
            "total number of tokens in the prompt cannot exceed",
            "exceeds the context length",
            "maximum number of tokens allowed",
            "prompt is too long",
            "exceed context limit",
            "input is too long");
    private static final List<String> POLICY = List.of(
            "content_policy_violation",
            "content_filter",
            "responsibleaipolicyviolation",
            "moderation_blocked",
            "invalid_prompt",
            "safety_violation");
    private static final List<String> MODEL = List.of(
            "model_not_found",
            "deploymentnotfound",
            "deployment_not_found",
            "model_decommissioned",
            "model_not_active",
            "model_not_available");
    private static final List<String> MODEL_WORDS =
            List.of("provided model identifier is invalid", "on-demand throughput isn");
    /** The model is there, but not for the API that this caller chose: no reason to keep it from the others. */
    private static final List<String> API_WORDS =
            List.of("not supported in the v1/completions endpoint", "not supported with the responses api");

    /** What a caller named isn't there: it is the caller's, whatever the status. */
    private static final List<String> CALLERS = List.of("previous_response_not_found");
    /** They say no more than the status: that the endpoint isn't there, if it is one a provider may lack. */
    private static final List<String> PLAIN = List.of(
            "invalid_request_error",
            "not_found",
            "not_found_error",
            "notfounderror",
            "unknown_url",
            "method_not_allowed",
            "unsupported_endpoint",
            "404",
            "405",
            "501");

    private static final List<String> KEY = List.of(
            "invalid_api_key",
            "api_key_invalid",
            "account_deactivated",
            "invalid_authentication",
            "unrecognizedclientexception",
            "expiredtokenexception",
            "invalidsignatureexception",
            "incompletesignatureexception",
            "missingauthenticationtokenexception");
    private static final List<String> RATE =
            List.of("throttlingexception", "servicequotaexceededexception", "rate_limit_error");
    private static final List<String> BUSY =
            List.of("modelnotreadyexception", "serviceunavailableexception", "overloaded_error");
    private static final List<String> FAULT = List.of("modelerrorexception");
    /** Google's, whose words speak of an exceeded quota and of billing also where a minute's rate is meant. */
    private static final String EXHAUSTED = "resource_exhausted";

    private static final List<String> KEY_WORDS = List.of("incorrect api key", "invalid api key", "api key not valid");

    private final Redactor redactor;

    public ErrorClassifier(Redactor redactor) {
        this.redactor = redactor;
    }

    /** All codes and phrases, in lower case: what the reference page must list. */
    static List<String> everythingItKnows() {
        return Stream.of(
                        ACCOUNT,
                        ACCOUNT_WORDS,
                        CONTEXT,
                        CONTEXT_WORDS,
                        POLICY,
                        MODEL,
                        MODEL_WORDS,
                        API_WORDS,
                        CALLERS,
                        KEY,
                        KEY_WORDS,
                        RATE,
                        BUSY,
                        FAULT)
                .flatMap(List::stream)
                .toList();
    }

    /** A refusal whose head tells nothing but its status. */
    public Failure refusal(int status, byte[] body, @Nullable Long retryAfterMillis, long nowEpochMillis) {
        return refusal(status, null, body, retryAfterMillis, nowEpochMillis);
    }

    /**
     * A refusal with a status of its own.
     *
     * @param code told by the head, in lower case; null if it tells none
     * @param body as far as it was read
     * @param retryAfterMillis what the headers asked for; null if nothing: then what the body asks for counts
     * @param nowEpochMillis what times in the body are compared with
     */
    public Failure refusal(
            int status, @Nullable String code, byte[] body, @Nullable Long retryAfterMillis, long nowEpochMillis) {
        VendorError error = VendorError.parse(body, 0, body.length).with(code);
        FailureClass byCode = byCode(error, status);
        FailureClass failureClass = byCode == null ? byStatus(status, error) : byCode;
        boolean account = failureClass == FailureClass.CREDENTIAL || failureClass == FailureClass.ACCOUNT_EXHAUSTED;
        return new Failure(
                failureClass,
                account ? Failure.Scope.PROVIDER : Failure.Scope.REPLICA,
                status < 500 && status != 408 ? Processed.NO : Processed.UNKNOWN,
                status,
                retryAfterMillis == null ? inBody(error, nowEpochMillis) : retryAfterMillis,
                null,
                words(error, "the provider answered HTTP " + status));
    }

    /** Whether a refusal at an endpoint that the provider may lack says no more than that it isn't there. */
    boolean endpointMissing(int status, byte[] body) {
        if (status != 404 && status != 405 && status != 501) {
            return false;
        }
        VendorError error = VendorError.parse(body, 0, body.length);
        return PLAIN.containsAll(error.codes()) && byCode(error, status) == null && !error.mentions(List.of("model"));
    }

    Failure noEndpoint(int status, byte[] body) {
        VendorError error = VendorError.parse(body, 0, body.length);
        return new Failure(
                FailureClass.ENDPOINT_NOT_OFFERED,
                Failure.Scope.REPLICA,
                Processed.NO,
                status,
                null,
                null,
                words(error, "the provider answered HTTP " + status));
    }

    private static @Nullable Long inBody(VendorError error, long nowEpochMillis) {
        Long asked = error.retryAfterMillis();
        if (asked != null) {
            return Math.min(asked, RetryAfter.CAP_MILLIS);
        }
        return error.headers().isEmpty()
                ? null
                : RetryAfter.millis(MultiMap.caseInsensitiveMultiMap().addAll(error.headers()), nowEpochMillis);
    }

    /** Something else where an answer should be, under HTTP 200. */
    public Failure insteadOfAnswer(byte[] body, String otherwise) {
        return insteadOfAnswer(VendorError.parse(body, 0, body.length), otherwise);
    }

    /** The same for an error that has been read: whose fault it is only a documented code can tell. */
    public Failure insteadOfAnswer(VendorError error, String otherwise) {
        FailureClass byCode = byCode(error, error.status() == null ? 200 : error.status());
        return Failure.of(
                byCode == null ? FailureClass.UPSTREAM_FAULT : byCode, Processed.UNKNOWN, words(error, otherwise));
    }

    /** The vendor's words, fit to be shown. */
    public String words(VendorError error, String otherwise) {
        String words = redactor.clean(error.message());
        return words.isEmpty() ? otherwise : words;
    }

    /** Words fit to be shown, without what is secret. */
    String clean(String words) {
        return redactor.clean(words);
    }

    private static @Nullable FailureClass byCode(VendorError error, int status) {
        boolean refused = status >= 400 && status < 500;
        if (status == 429 && error.says(EXHAUSTED)) {
            return FailureClass.RATE_LIMITED;
        }
        if (ACCOUNT.stream().anyMatch(error::says) || (refused && error.mentions(ACCOUNT_WORDS))) {
            return FailureClass.ACCOUNT_EXHAUSTED;
        }
        boolean size = status == 400 || status == 413 || status == 422;
        if (CONTEXT.stream().anyMatch(error::says) || (size && error.mentions(CONTEXT_WORDS))) {
            return FailureClass.CONTEXT_TOO_LONG;
        }
        if (POLICY.stream().anyMatch(error::says)) {
            return FailureClass.CONTENT_POLICY;
        }
        if (RATE.stream().anyMatch(error::says)) {
            return FailureClass.RATE_LIMITED;
        }
        if (BUSY.stream().anyMatch(error::says)) {
            return FailureClass.OVERLOADED;
        }
        if (FAULT.stream().anyMatch(error::says)) {
            return FailureClass.UPSTREAM_FAULT;
        }
        if (refused && (error.mentions(API_WORDS) || CALLERS.stream().anyMatch(error::says))) {
            return FailureClass.INVALID_REQUEST;
        }
        if (refused && (MODEL.stream().anyMatch(error::says) || error.mentions(MODEL_WORDS))) {
            return FailureClass.MISCONFIGURED;
        }
        boolean key = KEY.stream().anyMatch(error::says) || error.mentions(KEY_WORDS);
        return refused && status != 429 && key ? FailureClass.CREDENTIAL : null;
    }

    private static FailureClass byStatus(int status, VendorError error) {
        return switch (status) {
            case 401 -> FailureClass.CREDENTIAL;
            case 402 -> FailureClass.ACCOUNT_EXHAUSTED;
            case 403 -> error.mentions(List.of("model")) ? FailureClass.MISCONFIGURED : FailureClass.CREDENTIAL;
            case 404, 405, 410, 415 -> FailureClass.MISCONFIGURED;
            case 408 -> FailureClass.TIMEOUT;
            case 409, 425, 503, 529 -> FailureClass.OVERLOADED;
            case 429 -> FailureClass.RATE_LIMITED;
            default -> status >= 400 && status < 500 ? FailureClass.INVALID_REQUEST : FailureClass.UPSTREAM_FAULT;
        };
    }
}
