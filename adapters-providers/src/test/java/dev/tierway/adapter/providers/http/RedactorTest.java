package dev.tierway.adapter.providers.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
    private static final String SECRET = "canary-7f3a9";
    private final Redactor redactor = new Redactor(List.of(SECRET));

    @Test
    void our_own_key_is_never_repeated() {
        assertThat(redactor.clean("bad key '" + SECRET + "' and again " + SECRET))
                .doesNotContain(SECRET)
                .contains("bad key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Incorrect API key provided: CANARY***xyz. Find yours at …",
                "Authorization: Bearer CANARY.abc",
                "key sk-CANARY-abc is wrong",
                "key sk-proj-CANARY******1234",
                "api_key=CANARY",
                "\"api-key\": \"CANARY\"",
            })
    void what_looks_like_a_credential_is_taken_out(String words) {
        assertThat(redactor.clean(words)).doesNotContain("CANARY").contains("[redacted]");
    }

    @Test
    void a_key_at_the_edge_of_the_cut_is_recognised_before_the_cut() {
        String words = "x".repeat(Redactor.MAX_LENGTH - 5) + SECRET;
        assertThat(redactor.clean(words)).doesNotContain(SECRET.substring(0, 4));
    }

    @Test
    void words_are_bounded_and_on_one_line() {
        assertThat(redactor.clean("a\r\n\u0000b\u001b[31m" + "x".repeat(100_000)))
                .hasSizeLessThanOrEqualTo(Redactor.MAX_LENGTH)
                .startsWith("a b")
                .doesNotContain("\n", "\r", "\u0000", "\u001b");
    }

    @Test
    void ordinary_words_stay() {
        assertThat(redactor.clean("Rate limit reached for gpt-4o: 10 requests per minute; please skip a beat"))
                .isEqualTo("Rate limit reached for gpt-4o: 10 requests per minute; please skip a beat");
    }
}
