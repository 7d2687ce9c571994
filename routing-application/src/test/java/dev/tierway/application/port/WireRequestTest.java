package dev.tierway.application.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.port.out.Payload;
import dev.tierway.application.port.out.WireFormat;
import dev.tierway.application.port.out.WireRequest;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A client's body is forwarded byte for byte but for three splices. */
class WireRequestTest {
    private static final String USAGE = ",\"stream_options\":{\"include_usage\":true}";

    /** Finds the places by their texts; null leaves a splice out. */
    private static WireRequest request(
            String body, String model, @Nullable String tierway, @Nullable String usageBefore) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new WireRequest(
                WireFormat.OPENAI_CHAT,
                bytes,
                span(body, model),
                tierway == null ? null : span(body, tierway),
                usageBefore == null
                        ? null
                        : new WireRequest.Insertion(span(body, usageBefore).start(), USAGE),
                () -> ChatRequest.of("decoded"));
    }

    private static WireRequest.Span span(String body, String text) {
        int start = body.substring(0, body.indexOf(text)).getBytes(StandardCharsets.UTF_8).length;
        return new WireRequest.Span(start, start + text.getBytes(StandardCharsets.UTF_8).length);
    }

    private static String body(WireRequest request, String model, boolean usage) {
        return new String(request.bodyFor(model, usage), StandardCharsets.UTF_8);
    }

    @Test
    void the_models_name_is_replaced_and_nothing_else() {
        WireRequest request =
                request("{\"x\":\"ü\", \"model\" : \"tier:mid\",\"odd\":[1,  2]}", "\"tier:mid\"", null, null);

        assertThat(body(request, "gpt-4o", true)).isEqualTo("{\"x\":\"ü\", \"model\" : \"gpt-4o\",\"odd\":[1,  2]}");
    }

    @Test
    void the_tierway_member_is_taken_out_with_its_comma_wherever_it_stands() {
        String after = "{\"model\":\"m\",\"tierway\":{\"seed\":1},\"a\":1}";
        assertThat(body(request(after, "\"m\"", ",\"tierway\":{\"seed\":1}", null), "u", false))
                .isEqualTo("{\"model\":\"u\",\"a\":1}");

        String before = "{\"tierway\":{\"seed\":1},\"model\":\"m\"}";
        assertThat(body(request(before, "\"m\"", "\"tierway\":{\"seed\":1},", null), "u", false))
                .isEqualTo("{\"model\":\"u\"}");
    }

    @Test
    void usage_is_asked_for_where_the_vendor_knows_it() {
        WireRequest request = request("{\"model\":\"m\",\"stream\":true}", "\"m\"", null, "}");

        assertThat(body(request, "u", true)).isEqualTo("{\"model\":\"u\",\"stream\":true" + USAGE + "}");
        assertThat(body(request, "u", false)).isEqualTo("{\"model\":\"u\",\"stream\":true}");
    }

    @Test
    void all_three_splices_in_one_body() {
        WireRequest request =
                request("{\"stream\":true,\"tierway\":{},\"model\":\"m\"}", "\"m\"", ",\"tierway\":{}", ",\"tierway\"");

        assertThat(body(request, "u", true)).isEqualTo("{\"stream\":true" + USAGE + ",\"model\":\"u\"}");
    }

    @Test
    void a_models_name_is_written_as_json() {
        WireRequest request = request("{\"model\":\"m\"}", "\"m\"", null, null);

        assertThat(body(request, "a\"b\\c\n", false)).isEqualTo("{\"model\":\"a\\\"b\\\\c\\u000a\"}");
    }

    @Test
    void the_clients_bytes_are_never_changed_so_that_a_spill_starts_from_them_again() {
        WireRequest request = request("{\"model\":\"m\"}", "\"m\"", null, null);
        byte[] before = request.body().clone();

        body(request, "first", true);

        assertThat(request.body()).isEqualTo(before);
        assertThat(body(request, "second", true)).isEqualTo("{\"model\":\"second\"}");
    }

    @Test
    void neutral_types_are_decoded_when_asked_for() {
        WireRequest request = request("{\"model\":\"m\"}", "\"m\"", null, null);

        assertThat(new Payload.Wire(request).chat()).isEqualTo(ChatRequest.of("decoded"));
    }
}
