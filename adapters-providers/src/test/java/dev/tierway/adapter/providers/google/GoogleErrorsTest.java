package dev.tierway.adapter.providers.google;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.providers.http.Redactor;
import dev.tierway.adapter.providers.wire.ErrorClassifier;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Google's documented errors mean. */
class GoogleErrorsTest {
    private static final String KEY = "AIzaSyCanary7f3a9secret";

    private final ErrorClassifier errors = new ErrorClassifier(new Redactor(List.of(KEY)));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        400 | INVALID_ARGUMENT    | * GenerateContentRequest.contents: contents is not specified                           | INVALID_REQUEST
        400 | INVALID_ARGUMENT    | API key not valid. Please pass a valid API key.                                        | CREDENTIAL
        400 | INVALID_ARGUMENT    | The input token count (1048577) exceeds the maximum number of tokens allowed (1048576). | CONTEXT_TOO_LONG
        400 | FAILED_PRECONDITION | User location is not supported for the API use.                                        | ACCOUNT_EXHAUSTED
        400 | FAILED_PRECONDITION | The free tier is not available in your country. Please enable billing on your project. | ACCOUNT_EXHAUSTED
        401 | UNAUTHENTICATED     | Request had invalid authentication credentials.                                        | CREDENTIAL
        402 | RESOURCE_EXHAUSTED  | Your prepaid credits are depleted.                                                     | ACCOUNT_EXHAUSTED
        403 | PERMISSION_DENIED   | The caller does not have permission.                                                   | CREDENTIAL
        404 | NOT_FOUND           | models/gemini-0 is not found for API version v1beta.                                   | MISCONFIGURED
        429 | RESOURCE_EXHAUSTED  | You exceeded your current quota, please check your plan and billing details.           | RATE_LIMITED
        429 | RESOURCE_EXHAUSTED  | Resource has been exhausted (e.g. check quota).                                        | RATE_LIMITED
        500 | INTERNAL            | An internal error has occurred.                                                        | UPSTREAM_FAULT
        503 | UNAVAILABLE         | The model is overloaded. Please try again later.                                       | OVERLOADED
        504 | DEADLINE_EXCEEDED   | The request couldn't be completed in time.                                             | UPSTREAM_FAULT
        """)
    void a_status_with_its_words_is_one_class(int code, String status, String message, FailureClass expected) {
        assertThat(refusal(code, status, message, "").failureClass()).isEqualTo(expected);
    }

    @Test
    void a_reason_in_the_details_says_more_than_the_status() {
        String details = ",\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":\"%s\"}]";
        assertThat(refusal(400, "INVALID_ARGUMENT", "Bad key.", details.formatted("API_KEY_INVALID"))
                        .failureClass())
                .isEqualTo(FailureClass.CREDENTIAL);
        assertThat(refusal(403, "PERMISSION_DENIED", "No.", details.formatted("BILLING_DISABLED"))
                        .failureClass())
                .isEqualTo(FailureClass.ACCOUNT_EXHAUSTED);
    }

    @Test
    void a_rate_limit_says_in_its_body_when_to_come_back() {
        Failure failure = refusal(
                429,
                "RESOURCE_EXHAUSTED",
                "You exceeded your current quota.",
                ",\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.QuotaFailure\",\"violations\":[{\"quotaId\":"
                        + "\"GenerateRequestsPerMinutePerProjectPerModel\"}]},"
                        + "{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"17.5s\"}]");
        assertThat(failure.retryAfterMillis()).isEqualTo(17_500);
    }

    @Test
    void the_list_a_stream_is_refused_with_is_read_too() {
        Failure failure = errors.refusal(
                503,
                "[{\"error\":{\"code\":503,\"message\":\"overloaded\",\"status\":\"UNAVAILABLE\"}}]"
                        .getBytes(StandardCharsets.UTF_8),
                null,
                0);
        assertThat(failure.failureClass()).isEqualTo(FailureClass.OVERLOADED);
        assertThat(failure.message()).isEqualTo("overloaded");
    }

    @Test
    void a_key_in_the_vendors_words_is_not_shown() {
        Failure failure = refusal(400, "INVALID_ARGUMENT", "API key not valid: " + KEY, "");
        assertThat(failure.message()).startsWith("API key not valid").doesNotContain("Canary");
    }

    private Failure refusal(int code, String status, String message, String details) {
        String body = "{\"error\":{\"code\":" + code + ",\"message\":\"" + message + "\",\"status\":\"" + status + "\""
                + details + "}}";
        return errors.refusal(code, body.getBytes(StandardCharsets.UTF_8), null, 0);
    }
}
