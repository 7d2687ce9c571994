package dev.tierway.adapter.http.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.adapter.http.server.HttpProblem;
import dev.tierway.adapter.http.wire.ScannedRequest;
import dev.tierway.application.chat.Constructs;
import dev.tierway.application.chat.Part;
import dev.tierway.application.port.in.RequestFacts;
import dev.tierway.application.port.out.Payload;
import dev.tierway.application.port.out.WireFormat;
import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.Construct;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesBodyScanTest {
    private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    private static ScannedRequest scan(String body) {
        return MessagesBodyScan.scan(body.getBytes(UTF_8), 0);
    }

    private static RequestFacts facts(String members) {
        return scan("{\"model\":\"m\"," + members + "}").facts();
    }

    private static ScannedRequest blocks(String role, String blocks) {
        return scan("{\"model\":\"m\",\"messages\":[{\"role\":\"" + role + "\",\"content\":[" + blocks + "]}]}");
    }

    @Test
    void text_is_measured_wherever_the_model_reads_it() {
        assertThat(facts(HI).textBytes()).isEqualTo(2);
        assertThat(facts("\"system\":\"hé\"," + HI).textBytes()).isEqualTo(5);
        assertThat(facts("\"system\":[{\"type\":\"text\",\"text\":\"abc\"}]," + HI)
                        .textBytes())
                .isEqualTo(5);
        assertThat(blocks(
                                "user",
                                "{\"type\":\"tool_result\",\"tool_use_id\":\"t\",\"content\":[{\"type\":\"text\",\"text\":\"four\"}]}")
                        .facts()
                        .textBytes())
                .isEqualTo(4);
        String tools = "[{\"name\":\"f\",\"input_schema\":{}}]";
        assertThat(facts(HI + ",\"tools\":" + tools).textBytes()).isEqualTo(2 + tools.length());
    }

    @Test
    void the_rest_of_the_facts_is_what_the_body_says() {
        ScannedRequest asked = scan("{\"max_tokens\":77,\"stream\":true,\"metadata\":{\"user_id\":\"ann\"},"
                + "\"tierway\":{\"agent\":\"x\"},\"model\":\"tier:mid/chat\"," + HI + "}");
        assertThat(asked.model()).isEqualTo("tier:mid/chat");
        assertThat(asked.user()).isEqualTo("ann");
        assertThat(asked.facts().stream()).isTrue();
        assertThat(asked.facts().maxOutput()).isEqualTo(77);
        assertThat(asked.facts().format()).isEqualTo(WireFormat.ANTHROPIC_MESSAGES);
        assertThat(asked.text().apply(100)).isEqualTo("hi\n");
        String sent = new String(((Payload.Wire) asked.payload()).request().bodyFor("up", true), UTF_8);
        assertThat(sent)
                .isEqualTo("{\"max_tokens\":77,\"stream\":true,\"metadata\":{\"user_id\":\"ann\"},\"model\":\"up\","
                        + HI + "}");
    }

    @Test
    void what_a_model_must_be_able_to_do_is_found() {
        assertThat(facts(HI).needs()).isEmpty();
        assertThat(facts(HI + ",\"tools\":[{}]").needs()).containsExactly(Capability.TOOLS);
        assertThat(facts(HI + ",\"thinking\":{\"type\":\"adaptive\"}").needs()).containsExactly(Capability.REASONING);
        assertThat(facts(HI + ",\"thinking\":{\"type\":\"disabled\"}").needs()).isEmpty();
        assertThat(facts(HI + ",\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":{}}}")
                        .needs())
                .containsExactly(Capability.JSON);
        assertThat(blocks("user", "{\"source\":{\"data\":\"aa\",\"type\":\"base64\"},\"type\":\"image\"}")
                        .facts()
                        .needs())
                .containsExactly(Capability.VISION);
        assertThat(blocks("user", "{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"https://a\"}}")
                        .facts()
                        .needs())
                .containsExactlyInAnyOrder(Capability.VISION, Capability.IMAGE_URL);
    }

    /** The scan says of a body what is said of its translation. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"temperature\":0.5",
                "\"top_p\":0.5,\"top_k\":4,\"stop_sequences\":[\"END\"]",
                "\"metadata\":{\"user_id\":\"u\"},\"service_tier\":\"auto\"",
                "\"tools\":[{\"name\":\"f\",\"input_schema\":{},\"strict\":true}],\"tool_choice\":{\"type\":\"any\"}",
                "\"tools\":[{\"name\":\"f\",\"cache_control\":{\"type\":\"ephemeral\"}}],"
                        + "\"tool_choice\":{\"type\":\"auto\",\"disable_parallel_tool_use\":true}",
                "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000}",
                "\"thinking\":{\"type\":\"adaptive\"},\"output_config\":{\"effort\":\"low\"}",
                "\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\"}}}",
                "\"system\":[{\"type\":\"text\",\"text\":\"x\",\"cache_control\":{\"type\":\"ephemeral\",\"ttl\":\"1h\"}}]",
                "\"container\":\"c\""
            })
    void constructs_are_found_as_in_the_translation(String members) {
        ScannedRequest asked = scan("{\"model\":\"m\"," + HI + "," + members + "}");
        assertThat(asked.facts().uses())
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(
                        Constructs.of(asked.payload().chat()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"https://a\"}}",
                "{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"aa\"}}",
                "{\"type\":\"document\",\"source\":{\"type\":\"url\",\"url\":\"https://a\"}}",
                "{\"type\":\"document\",\"source\":{\"type\":\"text\",\"media_type\":\"text/plain\",\"data\":\"aa\"}}",
                "{\"type\":\"tool_result\",\"tool_use_id\":\"t\",\"content\":\"x\",\"is_error\":true}",
                "{\"type\":\"text\",\"text\":\"x\",\"citations\":[{\"type\":\"char_location\",\"cited_text\":\"y\"}]}",
                "{\"type\":\"text\",\"text\":\"x\",\"cache_control\":{\"type\":\"ephemeral\"}}",
                "{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"\"}"
            })
    void constructs_of_blocks_are_found_as_in_the_translation(String block) {
        ScannedRequest asked = blocks("user", block);
        assertThat(asked.facts().uses())
                .containsExactlyInAnyOrderElementsOf(
                        Constructs.of(asked.payload().chat()));
    }

    @Test
    void what_only_anthropic_has_is_found() {
        assertThat(facts(HI + ",\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}]")
                        .uses())
                .contains(Construct.NATIVE);
        assertThat(facts(HI + ",\"tools\":[{\"type\":\"custom\",\"name\":\"f\"}]")
                        .uses())
                .doesNotContain(Construct.NATIVE);
        assertThat(blocks("user", "{\"type\":\"container_upload\",\"file_id\":\"f\"}")
                        .facts()
                        .uses())
                .containsExactly(Construct.NATIVE);
        assertThat(blocks("user", "{\"type\":\"image\",\"source\":{\"type\":\"file\",\"file_id\":\"f\"}}")
                        .facts()
                        .uses())
                .containsExactly(Construct.FILE_ID);
    }

    @Test
    void signed_reasoning_stays_with_its_vendor() {
        ScannedRequest own = blocks("assistant", "{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"s\"}");
        assertThat(own.facts().signatureDomain()).isEqualTo("anthropic");
        assertThat(own.payload()).isInstanceOf(Payload.Wire.class);
        ScannedRequest sealed = blocks("assistant", "{\"type\":\"redacted_thinking\",\"data\":\"xyz\"}");
        assertThat(sealed.facts().signatureDomain()).isEqualTo("anthropic");
        ScannedRequest foreign =
                blocks("assistant", "{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"tierway.google.s.1\"}");
        assertThat(foreign.facts().signatureDomain()).isEqualTo("google");
        assertThat(foreign.facts().format()).isNull();
        assertThat(foreign.payload().chat().messages().getFirst().parts())
                .isEqualTo(List.of(new Part.Reasoning("hm", "s.1", "google")));
    }

    @Test
    void reasoning_nobody_signed_is_never_forwarded_as_it_is() {
        ScannedRequest unsigned = blocks("assistant", "{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"\"}");
        assertThat(unsigned.payload()).isInstanceOf(Payload.Neutral.class);
        assertThat(unsigned.facts().uses()).containsExactly(Construct.UNSIGNED_REASONING);
        assertThat(unsigned.facts().signatureDomain()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                                           | must be a JSON object",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}       | 'model' is missing",
                "{\"model\":\"m\"}                                            | 'messages' is missing",
                "{\"model\":\"m\",\"messages\":[]}                            | at least one message",
                "{\"model\":\"m\",\"messages\":{}}                            | 'messages' must be an array",
                "{\"model\":\"m\",\"messages\":[{\"content\":\"x\"}]}         | 'messages[0]' has no 'role'",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":7}]} | 'messages[0].content' must be a"
                        + " string",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"x\"}]}]} |"
                        + " 'messages[0].content[0]' has no 'type'",
                "{\"model\":\"m\",\"max_tokens\":\"7\"}                       | 'max_tokens' must be a whole number",
                "{\"model\":\"m\",\"temperature\":\"hot\"}                    | 'temperature' must be a number",
                "{\"model\":\"m\",\"tool_choice\":\"auto\"}                   | 'tool_choice' must be an object",
                "{\"model\":\"m\",\"model\":\"m\"}                            | 'model' is given twice"
            })
    void what_is_wrong_is_named(String body, String message) {
        assertThatThrownBy(() -> scan(body)).isInstanceOf(HttpProblem.class).hasMessageContaining(message);
    }
}
