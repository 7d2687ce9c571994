package dev.tierway.adapter.providers.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.providers.http.Redactor;
import dev.tierway.adapter.providers.limits.VendorLimitsPage;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorClassifierTest {
    private final ErrorClassifier errors = new ErrorClassifier(new Redactor(List.of("canary-7f3a9")));

    @ParameterizedTest(name = "{0} {1} is {2}")
    @CsvFileSource(resources = "/refusals.psv", delimiter = '|')
    void every_documented_refusal_has_its_class(int status, String body, FailureClass expected) {
        assertThat(classify(status, body).failureClass()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 402, 403})
    void trouble_with_the_account_reaches_the_whole_provider(int status) {
        assertThat(classify(status, "").scope()).isEqualTo(Failure.Scope.PROVIDER);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 429, 500, 503})
    void other_refusals_are_the_replicas_own(int status) {
        assertThat(classify(status, "").scope()).isEqualTo(Failure.Scope.REPLICA);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | no such endpoint                                                    | true",
                "404 | {\"detail\":\"Not Found\"}                                          | true",
                "404 | {\"error\":{\"message\":\"Invalid URL (POST"
                        + " /v1/responses)\",\"type\":\"invalid_request_error\"}} | true",
                "405 | {\"detail\":\"Method Not Allowed\"}                                 | true",
                "501 | ''                                                                  | true",
                "404 | {\"object\":\"error\",\"message\":\"The model `x` does not exist.\",\"type\":\"NotFoundError\"}"
                        + " | false",
                "404 | {\"error\":{\"code\":\"model_not_found\",\"message\":\"no such one\"}} | false",
                "404 | {\"error\":{\"code\":\"previous_response_not_found\"}}              | false",
                "404 | {\"error\":{\"code\":\"something_else\"}}                          | false",
                "400 | {\"detail\":\"Not Found\"}                                          | false",
                "500 | ''                                                                  | false",
            })
    void a_plain_refusal_means_the_endpoint_one_that_says_more_does_not(int status, String body, boolean missing) {
        assertThat(errors.endpointMissing(status, body.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(missing);
    }

    @Test
    void bytes_that_are_no_text_are_not_quoted() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("{\"error\":{\"message\":\"hello\"}}".getBytes(StandardCharsets.UTF_8));
        }
        byte[] nul = {'o', 'k', 0, 'o', 'k'};
        byte[] broken = {'o', 'k', (byte) 0xff, 'o', 'k'};
        for (byte[] body : List.of(packed.toByteArray(), nul, broken)) {
            assertThat(errors.insteadOfAnswer(body, "compressed").message()).isEqualTo("compressed");
            assertThat(errors.refusal(500, body, null, 0).message()).isEqualTo("the provider answered HTTP 500");
        }
    }

    @Test
    void words_that_the_reading_limit_cut_in_the_middle_of_a_letter_are_quoted() {
        byte[] whole = "nö".getBytes(StandardCharsets.UTF_8);
        assertThat(errors.refusal(500, Arrays.copyOf(whole, 2), null, 0).message())
                .startsWith("n");
    }

    @Test
    void a_refused_request_was_not_worked_on_a_failed_one_may_have_been() {
        assertThat(classify(400, "").processed()).isEqualTo(Processed.NO);
        assertThat(classify(429, "").processed()).isEqualTo(Processed.NO);
        assertThat(classify(408, "").processed()).isEqualTo(Processed.UNKNOWN);
        assertThat(classify(500, "").processed()).isEqualTo(Processed.UNKNOWN);
    }

    @Test
    void the_vendors_status_words_and_retry_after_are_kept() {
        Failure failure = errors.refusal(
                429, "{\"error\":{\"message\":\"slow down\"}}".getBytes(StandardCharsets.UTF_8), 1500L, 0);
        assertThat(failure.upstreamStatus()).isEqualTo(429);
        assertThat(failure.message()).isEqualTo("slow down");
        assertThat(failure.retryAfterMillis()).isEqualTo(1500);
    }

    @Test
    void what_a_body_asks_for_counts_where_the_headers_ask_for_nothing() throws IOException {
        List<List<String>> rows = VendorLimitsPage.rows(List.of("body"));
        assertThat(rows).hasSize(3);
        for (List<String> row : rows) {
            byte[] body = VendorLimitsPage.quoted(row.get(1)).getFirst().getBytes(StandardCharsets.UTF_8);
            assertThat(errors.refusal(429, body, null, VendorLimitsPage.NOW).retryAfterMillis() + " ms")
                    .isEqualTo(row.get(2));
            assertThat(errors.refusal(429, body, 250L, VendorLimitsPage.NOW).retryAfterMillis())
                    .isEqualTo(250);
        }
    }

    @Test
    void a_body_that_asks_for_a_day_gets_an_hour() {
        Failure failure = classify(
                429,
                "{\"error\":{\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\","
                        + "\"retryDelay\":\"86400s\"}]}}");
        assertThat(failure.retryAfterMillis()).isEqualTo(3_600_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\"}]}}",
                "{\"error\":{\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"-3s\"}]}}",
                "{\"error\":{\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.Help\",\"retryDelay\":\"3s\"}]}}",
                "{\"error\":{\"details\":\"3s\"}}",
            })
    void a_body_that_makes_no_sense_asks_for_nothing(String body) {
        assertThat(classify(429, body).retryAfterMillis()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "This is a chat model and not supported in the v1/completions endpoint. Did you mean to use"
                        + " v1/chat/completions?",
                "The requested model 'x' is not supported with the Responses API.",
            })
    void a_call_of_the_wrong_api_says_nothing_against_the_replica(String words) {
        Failure failure =
                classify(404, "{\"error\":{\"message\":\"" + words + "\",\"type\":\"invalid_request_error\"}}");
        assertThat(failure.failureClass()).isEqualTo(FailureClass.INVALID_REQUEST);
    }

    @Test
    void no_credential_is_repeated() {
        assertThat(classify(401, "{\"error\":{\"message\":\"bad key canary-7f3a9\"}}")
                        .message())
                .doesNotContain("canary-7f3a9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":\"the words\"}",
                "{\"error\":{\"message\":\"the words\"}}",
                "{\"message\":\"the words\",\"type\":\"x\"}",
                "{\"detail\":\"the words\"}",
                "the words",
                "{\"object\":\"error\",\"message\":\"the words\",\"code\":400}",
            })
    void the_words_are_found_in_every_vendors_shape(String body) {
        assertThat(classify(400, body).message()).isEqualTo("the words");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "<html><h1>Bad gateway</h1></html>", "{\"error\":null}", "[]"})
    void without_words_ours_name_the_status(String body) {
        assertThat(classify(502, body).message()).isIn("the provider answered HTTP 502", "[]");
    }

    @Test
    void an_error_under_http_200_is_the_vendors_fault_unless_its_code_says_otherwise() {
        assertThat(inside("{\"error\":{\"message\":\"oops\"}}")).isEqualTo(FailureClass.UPSTREAM_FAULT);
        assertThat(inside("{\"error\":{\"message\":\"x\",\"code\":\"rate_limit_exceeded\"}}"))
                .isEqualTo(FailureClass.UPSTREAM_FAULT);
        assertThat(inside("{\"error\":{\"message\":\"x\",\"code\":\"insufficient_quota\"}}"))
                .isEqualTo(FailureClass.ACCOUNT_EXHAUSTED);
        assertThat(inside("{\"error\":{\"message\":\"x\",\"code\":\"content_filter\"}}"))
                .isEqualTo(FailureClass.CONTENT_POLICY);
        assertThat(inside("{\"error\":{\"message\":\"This model's maximum context length is 8192"
                        + " tokens\",\"code\":400}}"))
                .isEqualTo(FailureClass.CONTEXT_TOO_LONG);
    }

    @Test
    void overload_and_rate_limits_are_told_in_streams_by_their_types() {
        assertThat(inside("{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}"))
                .isEqualTo(FailureClass.OVERLOADED);
        assertThat(inside("{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"slow\"}}"))
                .isEqualTo(FailureClass.RATE_LIMITED);
        assertThat(inside("{\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"broken\"}}"))
                .isEqualTo(FailureClass.UPSTREAM_FAULT);
    }

    private FailureClass inside(String body) {
        return errors.insteadOfAnswer(body.getBytes(StandardCharsets.UTF_8), "otherwise")
                .failureClass();
    }

    private Failure classify(int status, String body) {
        return errors.refusal(status, (body == null ? "" : body).getBytes(StandardCharsets.UTF_8), null, 0);
    }
}
