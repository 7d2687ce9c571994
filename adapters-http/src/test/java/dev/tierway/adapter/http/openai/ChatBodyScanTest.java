package dev.tierway.adapter.http.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.adapter.http.server.HttpProblem;
import dev.tierway.adapter.http.wire.ScannedRequest;
import dev.tierway.application.port.in.RequestFacts;
import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.routing.PrefixHashes;
import org.junit.jupiter.api.Test;

class ChatBodyScanTest {
    private static ScannedRequest scan(String body) {
        return ChatBodyScan.scan(body.getBytes(UTF_8), 0);
    }

    private static RequestFacts facts(String members) {
        return scan("{\"model\":\"m\"," + members + "}").facts();
    }

    private static RequestFacts content(String content) {
        return facts("\"messages\":[{\"role\":\"user\",\"content\":" + content + "}]");
    }

    private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    @Test
    void text_is_measured_in_utf8_bytes_without_escapes() {
        assertThat(content("\"hi\"").textBytes()).isEqualTo(2);
        assertThat(content("\"h\\u00e9\"").textBytes()).isEqualTo(3);
        assertThat(content("\"hé\"").textBytes()).isEqualTo(3);
        assertThat(content("\"中\\n\"").textBytes()).isEqualTo(4);
        assertThat(content("\"😀\"").textBytes()).isEqualTo(4);
        assertThat(content("\"\\ud83d\\ude00\"").textBytes()).isEqualTo(4);
        assertThat(content("[{\"type\":\"text\",\"text\":\"abc\"},{\"text\":\"de\",\"type\":\"text\"}]")
                        .textBytes())
                .isEqualTo(5);
    }

    @Test
    void tools_and_schemas_are_text_too() {
        String tools = "[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]";
        assertThat(facts(HI + ",\"tools\":" + tools).textBytes()).isEqualTo(2 + tools.length());
        String format = "{\"type\":\"json_schema\",\"json_schema\":{}}";
        assertThat(facts(HI + ",\"response_format\":" + format).textBytes()).isEqualTo(2 + format.length());
    }

    @Test
    void needs_are_found_wherever_they_stand() {
        assertThat(facts(HI).needs()).isEmpty();
        assertThat(facts(HI + ",\"tools\":[]").needs()).isEmpty();
        assertThat(facts("\"tools\":[{}]," + HI).needs()).containsExactly(Capability.TOOLS);
        assertThat(facts(HI + ",\"functions\":[{}]").needs()).containsExactly(Capability.TOOLS);
        assertThat(facts(HI + ",\"response_format\":{\"type\":\"json_object\"}").needs())
                .containsExactly(Capability.JSON);
        assertThat(facts(HI + ",\"response_format\":{\"type\":\"text\"}").needs())
                .isEmpty();
        assertThat(facts(HI + ",\"reasoning_effort\":\"high\"").needs()).containsExactly(Capability.REASONING);
        assertThat(facts(HI + ",\"reasoning_effort\":\"none\"").needs()).isEmpty();
        assertThat(facts(HI + ",\"modalities\":[\"text\",\"audio\"]").needs()).containsExactly(Capability.AUDIO);
    }

    @Test
    void an_image_by_value_needs_vision_and_one_by_address_a_model_that_fetches_it() {
        assertThat(content("[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AAAA\"}}]")
                        .needs())
                .containsExactly(Capability.VISION);
        assertThat(content("[{\"image_url\":{\"detail\":\"low\",\"url\":\"https://x/y.png\"},\"type\":\"image_url\"}]")
                        .needs())
                .containsExactlyInAnyOrder(Capability.VISION, Capability.IMAGE_URL);
        assertThat(content("[{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"AA\",\"format\":\"wav\"}}]")
                        .needs())
                .containsExactly(Capability.AUDIO);
    }

    @Test
    void media_cost_tokens_but_are_no_text() {
        RequestFacts image = content("[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,"
                + "A".repeat(100_000) + "\"}}]");
        assertThat(image.textBytes()).isZero();
        assertThat(image.mediaTokens()).isEqualTo(765);
        assertThat(content("[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:,\",\"detail\":\"low\"}}]")
                        .mediaTokens())
                .isEqualTo(85);
        assertThat(content("[{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"" + "A".repeat(21_330) + "\"}}]")
                        .mediaTokens())
                .isBetween(10L, 12L);
    }

    @Test
    void the_newer_name_of_the_output_cap_wins_and_none_is_unknown() {
        assertThat(facts(HI).maxOutput()).isNull();
        assertThat(facts(HI + ",\"max_tokens\":5").maxOutput()).isEqualTo(5);
        assertThat(facts(HI + ",\"max_completion_tokens\":7,\"max_tokens\":5").maxOutput())
                .isEqualTo(7);
        assertThat(facts(HI + ",\"max_tokens\":null").maxOutput()).isNull();
        assertThat(facts(HI).choices()).isEqualTo(1);
        assertThat(facts(HI + ",\"n\":3").choices()).isEqualTo(3);
    }

    @Test
    void the_callers_user_and_cache_key_are_found() {
        ScannedRequest chat = scan("{\"user\":\"u1\",\"prompt_cache_key\":\"k1\",\"model\":\"m\"," + HI + "}");
        assertThat(chat.user()).isEqualTo("u1");
        assertThat(chat.cacheKey()).isEqualTo("k1");
    }

    @Test
    void nesting_up_to_the_limit_passes() {
        String deep = "[".repeat(199) + "]".repeat(199);
        assertThat(facts(HI + ",\"x\":" + deep).stream()).isFalse();
        assertThatThrownBy(() -> facts(HI + ",\"x\":[" + deep + "]")).isInstanceOf(HttpProblem.class);
    }

    private static String conversation(int turns, String last) {
        StringBuilder messages = new StringBuilder("\"messages\":[");
        for (int i = 0; i < turns; i++) {
            messages.append(i == 0 ? "" : " , ")
                    .append("{\"role\":\"user\",\"content\":\"")
                    .append("turn " + i + " ".repeat(200))
                    .append("\"}");
        }
        return messages.append(",{\"role\":\"user\",\"content\":\"")
                .append(last)
                .append("\"}]")
                .toString();
    }

    @Test
    void the_next_turn_of_a_conversation_shares_its_prefixes() {
        PrefixHashes one = facts(conversation(12, "a")).prefixes();
        PrefixHashes other = facts(conversation(12, "b") + ",\"temperature\":1").prefixes();
        assertThat(one.size()).isEqualTo(13);
        for (int i = 0; i < 12; i++) {
            assertThat(other.hash(i)).isEqualTo(one.hash(i));
        }
        assertThat(other.hash(12)).isNotEqualTo(one.hash(12));
        assertThat(one.tokens(11)).isGreaterThan(12 * 200 / 4);
    }

    @Test
    void of_a_long_conversation_the_start_and_the_newest_turns_are_kept() {
        PrefixHashes shorter = facts(conversation(40, "a")).prefixes();
        PrefixHashes longer = facts(conversation(41, "a")).prefixes();
        assertThat(shorter.size()).isEqualTo(PrefixHashes.MAX);
        assertThat(longer.hash(0)).isEqualTo(shorter.hash(0));
        assertThat(longer.hash(1)).isEqualTo(shorter.hash(1));
        // The boundary before the shorter one's last message is one of the longer one's newest.
        long shared = shorter.hash(PrefixHashes.MAX - 2);
        boolean found = false;
        for (int i = 0; i < longer.size(); i++) {
            found |= longer.hash(i) == shared;
        }
        assertThat(found).isTrue();
    }

    @Test
    void other_tools_or_another_caller_make_other_prefixes() {
        String conversation = conversation(12, "a");
        PrefixHashes plain = facts(conversation).prefixes();
        PrefixHashes tools =
                facts(conversation + ",\"tools\":[{\"type\":\"function\"}]").prefixes();
        assertThat(tools.hash(0)).isNotEqualTo(plain.hash(0));
        byte[] body = ("{\"model\":\"m\"," + conversation + "}").getBytes(UTF_8);
        assertThat(ChatBodyScan.scan(body, 1).facts().prefixes().hash(0)).isNotEqualTo(plain.hash(0));
    }

    @Test
    void a_short_prompt_has_no_prefix_worth_knowing() {
        assertThat(facts(HI).prefixes()).isEqualTo(PrefixHashes.NONE);
    }
}
