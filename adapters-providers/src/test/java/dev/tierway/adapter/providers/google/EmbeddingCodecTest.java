package dev.tierway.adapter.providers.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.adapter.providers.google.EmbeddingCodec.Method;
import dev.tierway.adapter.providers.wire.DecodedEmbeddings;
import dev.tierway.adapter.providers.wire.VendorErrorException;
import dev.tierway.application.chat.Embedding;
import dev.tierway.application.chat.EmbeddingRequest;
import dev.tierway.application.chat.Extra;
import dev.tierway.application.chat.JsonText;
import dev.tierway.domain.money.TokenUsage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingCodecTest {
    private static final String PATH = "models/e";

    private static String encoded(EmbeddingRequest request, Method method) {
        return new String(EmbeddingCodec.encode(request, method, PATH), StandardCharsets.UTF_8);
    }

    private static DecodedEmbeddings decoded(String body) throws IOException, VendorErrorException {
        return new EmbeddingCodec("e").whole(body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "false, gemini-embedding-001, BATCH",
        "false, models/gemini-embedding-2, BATCH",
        "true, gemini-embedding-001, PREDICT",
        "true, publishers/google/models/gemini-embedding-001, PREDICT",
        "true, text-multilingual-embedding-002, PREDICT",
        "true, gemini-embedding-2, SINGLE",
        "true, publishers/intfloat/models/multilingual-e5-large-instruct-maas, SINGLE"
    })
    void each_door_has_its_method(boolean vertex, String model, Method method) {
        assertThat(Method.of(vertex, model)).isEqualTo(method);
    }

    @Test
    void a_batch_names_the_model_in_each_request() {
        assertThat(encoded(EmbeddingRequest.of("a", "b\"").withDimensions(256), Method.BATCH))
                .isEqualTo("{\"requests\":[{\"model\":\"models/e\",\"content\":{\"parts\":[{\"text\":\"a\"}]},"
                        + "\"outputDimensionality\":256},{\"model\":\"models/e\",\"content\":{\"parts\":"
                        + "[{\"text\":\"b\\\"\"}]},\"outputDimensionality\":256}]}");
    }

    @Test
    void one_text_is_its_own_request_and_several_are_refused() {
        assertThat(encoded(EmbeddingRequest.of("a").withInputType("search_query"), Method.SINGLE))
                .isEqualTo("{\"content\":{\"parts\":[{\"text\":\"a\"}]},\"taskType\":\"RETRIEVAL_QUERY\"}");
        EmbeddingRequest two = EmbeddingRequest.of("a", "b");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmbeddingCodec.encode(two, Method.SINGLE, PATH))
                .withMessageContaining("one text a call");
    }

    @Test
    void predictions_are_of_instances() {
        EmbeddingRequest plain = EmbeddingRequest.of("a", "b");
        assertThat(encoded(plain, Method.PREDICT))
                .isEqualTo("{\"instances\":[{\"content\":\"a\"},{\"content\":\"b\"}]}");
        assertThat(encoded(plain.withDimensions(8).withInputType("fact_verification"), Method.PREDICT))
                .isEqualTo("{\"instances\":[{\"content\":\"a\",\"task_type\":\"FACT_VERIFICATION\"},"
                        + "{\"content\":\"b\",\"task_type\":\"FACT_VERIFICATION\"}],"
                        + "\"parameters\":{\"outputDimensionality\":8}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BATCH", "SINGLE", "PREDICT"})
    void members_of_googles_own_are_sent_and_others_are_not(Method method) {
        Extra own = new Extra(RequestEncoder.DIALECT, Map.of("autoTruncate", new JsonText("false")));
        Extra other = new Extra("openai", Map.of("store", new JsonText("true")));

        assertThat(encoded(new EmbeddingRequest(List.of("a"), null, null, null, own), method))
                .contains("\"autoTruncate\":false");
        assertThat(encoded(new EmbeddingRequest(List.of("a"), null, null, "ann", other), method))
                .isEqualTo(encoded(EmbeddingRequest.of("a"), method));
    }

    @Test
    void vectors_come_in_the_order_of_the_texts() throws Exception {
        DecodedEmbeddings many = decoded("{\"embeddings\":[{\"values\":[0.5,-1]},{\"values\":[2e-1,0]}]}");
        assertThat(many.embeddings()).containsExactly(Embedding.of(0.5f, -1f), Embedding.of(0.2f, 0f));
        assertThat(many.usage()).isNull();
        assertThat(many.model()).isEqualTo("e");
        DecodedEmbeddings one = decoded("{\"embedding\":{\"values\":[1]},\"usageMetadata\":{\"promptTokenCount\":3}}");
        assertThat(one.embeddings()).containsExactly(Embedding.of(1f));
        assertThat(one.usage()).isEqualTo(TokenUsage.reported(3, 0));
    }

    @Test
    void predictions_tell_of_each_text_how_long_it_was() throws Exception {
        String one = "{\"embeddings\":{\"values\":[1,2],\"statistics\":{\"truncated\":false,\"token_count\":4.0}}}";
        DecodedEmbeddings both = decoded("{\"predictions\":[" + one + "," + one + "]}");
        assertThat(both.count()).isEqualTo(2);
        assertThat(both.usage()).isEqualTo(TokenUsage.reported(8, 0));
        String untold = "{\"embeddings\":{\"values\":[1,2]}}";
        assertThat(decoded("{\"predictions\":[" + one + "," + untold + "]}").usage())
                .as("of one text nothing is told")
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"embeddings\":[{\"values\":[]}]}",
                "{\"embeddings\":[{\"values\":[\"x\"]}]}",
                "{\"embeddings\":[{\"values\":[1]},{\"values\":[1,2]}]}",
                "{\"predictions\":[{}]}"
            })
    void garbage_is_no_answer(String body) {
        assertThatThrownBy(() -> decoded(body)).isInstanceOf(IOException.class);
    }

    @Test
    void an_error_is_told_from_garbage() {
        assertThatThrownBy(() -> decoded("{\"error\":{\"code\":429,\"status\":\"RESOURCE_EXHAUSTED\"}}"))
                .isInstanceOf(VendorErrorException.class);
    }
}
