package dev.tierway.adapter.providers.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.adapter.providers.http.SseSplitter;
import dev.tierway.adapter.providers.wire.DecodedEvent;
import dev.tierway.adapter.providers.wire.DecodedReply;
import dev.tierway.adapter.providers.wire.VendorError;
import dev.tierway.adapter.providers.wire.VendorErrorException;
import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.TokenLogProb;
import dev.tierway.application.chat.ToolCall;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.money.TokenUsage.Counted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiDecoderTest {
    private final ThoughtSignatures signatures = new ThoughtSignatures();
    private final GeminiDecoder decoder = new GeminiDecoder("req-9", "asked-model", 1_700_000_000, signatures);

    @Test
    void a_whole_answer_has_its_text_its_names_and_its_usage() throws Exception {
        DecodedReply reply = whole("""
            {"candidates":[{"content":{"role":"model","parts":[{"text":"Hello "},{"text":"wörld"}]},
              "finishReason":"STOP","index":0}],
             "usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":3,"totalTokenCount":18,
              "thoughtsTokenCount":5,"cachedContentTokenCount":4},
             "modelVersion":"gemini-2.5-flash-001","responseId":"abc","createTime":"2026-01-02T03:04:05Z"}\
            """);
        assertThat(reply.id()).isEqualTo("abc");
        assertThat(reply.model()).isEqualTo("gemini-2.5-flash-001");
        assertThat(reply.createdEpochSeconds()).isEqualTo(1_767_323_045);
        assertThat(reply.choices().getFirst().message().parts()).containsExactly(new Part.Text("Hello wörld"));
        assertThat(reply.choices().getFirst().finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(reply.usage()).isEqualTo(new TokenUsage(10, 4, 0, 8, 5, Counted.REPORTED));
    }

    @Test
    void an_answer_without_names_gets_those_of_the_question() throws Exception {
        DecodedReply reply = whole("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"x\"}]}}]}");
        assertThat(reply.id()).isEqualTo("req-9");
        assertThat(reply.model()).isEqualTo("asked-model");
        assertThat(reply.createdEpochSeconds()).isEqualTo(1_700_000_000);
        assertThat(reply.usage()).isNull();
    }

    @Test
    void parallel_calls_get_ids_where_google_gives_none_and_end_as_tool_calls() throws Exception {
        ChatResponse.Choice choice = whole("""
            {"responseId":"r/1","candidates":[{"finishReason":"STOP","content":{"parts":[
              {"functionCall":{"name":"a","args":{"n":1.50,"big":12345678901234567890}},"thoughtSignature":"s1"},
              {"functionCall":{"id":"own","name":"b"}}]}}]}\
            """).choices().getFirst();
        assertThat(choice.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(choice.message().toolCalls())
                .containsExactly(
                        new ToolCall("call_r1_0_0", "a", new JsonText("{\"n\":1.5,\"big\":12345678901234567890}")),
                        new ToolCall("own", "b", new JsonText("{}")));
        assertThat(choice.message().parts())
                .containsExactly(new Part.SealedReasoning(
                        ThoughtSignatures.sealCall("call_r1_0_0", "s1"), ThoughtSignatures.VENDOR));
        assertThat(signatures.of("call_r1_0_0")).isEqualTo("s1");
    }

    @Test
    void calls_end_as_tool_calls_too_where_an_imitator_has_its_own_word_for_it() throws Exception {
        ChatResponse.Choice choice = whole("""
            {"candidates":[{"finishReason":"FUNCTION_CALL","content":{"parts":[{"functionCall":{"name":"a"}}]}}]}\
            """).choices().getFirst();
        assertThat(choice.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @Test
    void thoughts_are_reasoning_and_keep_their_signatures() throws Exception {
        assertThat(whole("""
            {"candidates":[{"finishReason":"STOP","content":{"parts":[
              {"text":"let me ","thought":true},{"text":"see","thought":true,"thoughtSignature":"s"},
              {"text":"more","thought":true},
              {"text":"42","thoughtSignature":"t"}]}}]}\
            """).choices().getFirst().message().parts())
                .containsExactly(
                        new Part.Reasoning("let me see", "s", "google"),
                        new Part.Reasoning("more", null, null),
                        new Part.Text("42"),
                        new Part.SealedReasoning(ThoughtSignatures.sealText("t"), "google"));
    }

    @Test
    void a_stream_comes_in_pieces_and_tells_its_usage_once_at_its_end() {
        List<ChatEvent> pieces = stream("""
            data: {"responseId":"s1","modelVersion":"m","candidates":[{"content":{"parts":[{"text":"think","thought":true}],"role":"model"},"index":0}],"usageMetadata":{"promptTokenCount":5,"totalTokenCount":5}}

            data: {"responseId":"s1","candidates":[{"content":{"parts":[{"text":"Hel"}]},"index":0}],"usageMetadata":{"promptTokenCount":5,"candidatesTokenCount":1,"totalTokenCount":6}}

            data: {"responseId":"s1","candidates":[{"content":{"parts":[{"text":"lo"},{"functionCall":{"name":"f","args":{"a":1}}},{"functionCall":{"name":"g","args":{}}}]},"index":0}]}

            data: {"responseId":"s1","candidates":[{"content":{"parts":[{"text":"","thoughtSignature":"z"}]},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":5,"candidatesTokenCount":7,"totalTokenCount":14,"thoughtsTokenCount":2}}

            """);
        assertThat(pieces)
                .containsExactly(
                        new ChatEvent.Begin("s1", "m", 1_700_000_000),
                        new ChatEvent.ReasoningDelta(0, "think", null, null),
                        new ChatEvent.TextDelta(0, "Hel"),
                        new ChatEvent.TextDelta(0, "lo"),
                        new ChatEvent.ToolCallDelta(0, 0, "call_s1_0_0", "f", "{\"a\":1}"),
                        new ChatEvent.ToolCallDelta(0, 1, "call_s1_0_1", "g", "{}"),
                        new ChatEvent.SealedReasoning(0, ThoughtSignatures.sealText("z"), "google"),
                        new ChatEvent.Finished(0, FinishReason.TOOL_CALLS),
                        new ChatEvent.Usage(new TokenUsage(5, 0, 0, 9, 2, Counted.REPORTED)));
        assertThat(decoder.finishIsEnd()).isTrue();
    }

    @Test
    void a_stream_is_over_when_each_of_its_candidates_is() {
        stream("""
            data: {"candidates":[{"index":0,"content":{"parts":[{"text":"a"}]}},{"index":1,"content":{"parts":[{"text":"b"}]},"finishReason":"STOP"}]}

            """);
        assertThat(decoder.finishIsEnd()).isFalse();
        assertThat(stream("""
            data: {"candidates":[{"index":0,"finishReason":"MAX_TOKENS"}],"usageMetadata":{"promptTokenCount":1,"candidatesTokenCount":2}}

            """))
                .containsExactly(
                        new ChatEvent.Finished(0, FinishReason.LENGTH), new ChatEvent.Usage(TokenUsage.reported(1, 2)));
        assertThat(decoder.finishIsEnd()).isTrue();
    }

    @Test
    void usage_that_follows_the_end_is_heard() {
        assertThat(stream("""
            data: {"candidates":[{"content":{"parts":[{"text":"a"}]},"finishReason":"STOP"}]}

            data: {"usageMetadata":{"promptTokenCount":1,"candidatesTokenCount":2}}

            """)).endsWith(new ChatEvent.Usage(TokenUsage.reported(1, 2)));
    }

    @ParameterizedTest
    @CsvSource({
        "STOP,STOP",
        "MAX_TOKENS,LENGTH",
        "SAFETY,CONTENT_FILTER",
        "RECITATION,CONTENT_FILTER",
        "BLOCKLIST,CONTENT_FILTER",
        "PROHIBITED_CONTENT,CONTENT_FILTER",
        "SPII,CONTENT_FILTER",
        "IMAGE_SAFETY,CONTENT_FILTER",
        "MODEL_ARMOR,CONTENT_FILTER",
        "LANGUAGE,OTHER",
        "OTHER,OTHER",
        "MALFORMED_FUNCTION_CALL,OTHER",
        "SOMETHING_NEW,OTHER",
    })
    void an_answer_that_said_something_ends_for_a_reason(String word, FinishReason reason) throws Exception {
        assertThat(whole("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]},\"finishReason\":\"" + word
                                + "\"}]}")
                        .choices()
                        .getFirst()
                        .finishReason())
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "MODEL_ARMOR"})
    void an_answer_refused_before_it_began_is_a_matter_of_policy(String word) {
        String body = "{\"candidates\":[{\"finishReason\":\"" + word + "\",\"finishMessage\":\"not this\"}]}";
        VendorError error = refused(body);
        assertThat(error.codes()).contains("content_policy_violation");
        assertThat(error.message()).isEqualTo("not this");
        DecodedEvent event = event("data: " + body + "\n\n").getLast();
        assertThat(event).isEqualTo(new DecodedEvent.Failed(error));
    }

    @Test
    void one_refused_candidate_of_several_does_not_spoil_the_others() throws Exception {
        assertThat(whole("""
            {"candidates":[{"index":0,"finishReason":"SAFETY"},
                           {"index":1,"content":{"parts":[{"text":"fine"}]},"finishReason":"STOP"}]}\
            """).choices())
                .extracting(ChatResponse.Choice::finishReason)
                .containsExactly(FinishReason.CONTENT_FILTER, FinishReason.STOP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SAFETY", "BLOCKLIST", "PROHIBITED_CONTENT", "OTHER", "JAILBREAK"})
    void a_blocked_prompt_is_a_matter_of_policy(String reason) {
        assertThat(refused("{\"promptFeedback\":{\"blockReason\":\"" + reason
                                + "\"},\"usageMetadata\":{\"promptTokenCount\":4}}")
                        .codes())
                .contains("content_policy_violation");
    }

    @Test
    void a_call_too_broken_to_read_is_the_models_failure_not_an_answer() {
        VendorError error = refused("{\"candidates\":[{\"content\":{},\"finishReason\":\"MALFORMED_FUNCTION_CALL\","
                + "\"finishMessage\":\"Malformed function call: print(\"}]}");
        assertThat(error.codes()).containsExactly("malformed_function_call");
        assertThat(error.message()).startsWith("Malformed function call");
    }

    @Test
    void an_error_in_place_of_an_answer_is_one() {
        String body = "{\"error\":{\"code\":503,\"message\":\"overloaded\",\"status\":\"UNAVAILABLE\"}}";
        assertThat(refused(body).status()).isEqualTo(503);
        assertThat(event("data: " + body + "\n\n").getLast())
                .isInstanceOfSatisfying(
                        DecodedEvent.Failed.class,
                        failed -> assertThat(failed.error().message()).isEqualTo("overloaded"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "1", "{\"choices\":[]}", "{\"candidates\":[", "{\"candidates\":[]} x", ""})
    void garbage_is_no_answer(String body) {
        assertThatThrownBy(() -> whole(body)).isInstanceOf(IOException.class);
    }

    @Test
    void members_nobody_knows_are_ignored() throws Exception {
        assertThat(whole("""
            {"candidates":[{"content":{"parts":[{"text":"a"},{"hologram":{}}]},"finishReason":"STOP","x":1}],"y":[]}\
            """).choices().getFirst().message().text()).isEqualTo("a");
    }

    @Test
    void sources_are_told_in_characters_though_google_counts_bytes() throws Exception {
        assertThat(whole("""
            {"candidates":[{"finishReason":"STOP","content":{"parts":[{"text":"Zürich is big."}]},
              "citationMetadata":{"citationSources":[{"startIndex":0,"endIndex":7,"uri":"https://a"}]},
              "groundingMetadata":{"groundingChunks":[{"web":{"uri":"https://b","title":"B"}},{"web":{"uri":"https://c"}}],
               "groundingSupports":[{"segment":{"startIndex":8,"endIndex":15,"text":"is big."},"groundingChunkIndices":[0,1]}]}}]}\
            """).choices().getFirst().message().parts())
                .containsExactly(
                        new Part.Text("Zürich is big."),
                        new Part.Citation("https://a", null, null, 0, 6),
                        new Part.Citation("https://b", "B", "is big.", 7, 14),
                        new Part.Citation("https://c", null, "is big.", 7, 14));
    }

    @Test
    void how_likely_tokens_were_is_told_with_the_alternatives() throws Exception {
        assertThat(whole("""
            {"candidates":[{"finishReason":"STOP","content":{"parts":[{"text":"ab"}]},"logprobsResult":{
              "chosenCandidates":[{"token":"a","logProbability":-0.5},{"token":"b","logProbability":-1}],
              "topCandidates":[{"candidates":[{"token":"a","logProbability":-0.5}]},{"candidates":[]}]}}]}\
            """).choices().getFirst().logProbs())
                .containsExactly(
                        new TokenLogProb("a", -0.5, List.of(new TokenLogProb("a", -0.5, List.of()))),
                        new TokenLogProb("b", -1, List.of()));
    }

    private DecodedReply whole(String body) throws IOException, VendorErrorException {
        return decoder.whole(body.getBytes(StandardCharsets.UTF_8));
    }

    private VendorError refused(String body) {
        try {
            throw new AssertionError("not refused: " + whole(body));
        } catch (VendorErrorException refused) {
            return refused.error();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<ChatEvent> stream(String text) {
        List<ChatEvent> pieces = new ArrayList<>();
        for (DecodedEvent event : event(text)) {
            pieces.addAll(((DecodedEvent.Pieces) event).pieces());
        }
        return pieces;
    }

    private List<DecodedEvent> event(String text) {
        List<DecodedEvent> events = new ArrayList<>();
        SseSplitter splitter = new SseSplitter(1 << 20, event -> {
            try {
                events.add(decoder.event(event));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return true;
        });
        splitter.feed(text.getBytes(StandardCharsets.UTF_8));
        splitter.finish();
        return events;
    }
}
