package dev.tierway.adapter.providers.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.adapter.providers.wire.DecodedEmbeddings;
import dev.tierway.adapter.providers.wire.VendorErrorException;
import dev.tierway.application.chat.Embedding;
import dev.tierway.application.chat.EmbeddingRequest;
import dev.tierway.application.chat.Extra;
import dev.tierway.application.chat.JsonText;
import dev.tierway.domain.money.TokenUsage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingsDecoderTest {
    private static final String TWO = "{'object':'list','data':["
        + "{'object':'embedding','index':1,'embedding':[3,4.5]},{'object':'embedding','embedding':[1,-2e-1],'index':0}],"
        + "'model':'m','usage':{'prompt_tokens':7,'total_tokens':7}}";

    private static DecodedEmbeddings decoded(String json, boolean keep) throws Exception {
        return new EmbeddingsDecoder(keep).whole(json.replace('\'', '"').getBytes(UTF_8));
    }

    @Test
    void embeddings_come_in_the_order_of_their_indices() throws Exception {
        assertThat(decoded(TWO, true))
                .isEqualTo(new DecodedEmbeddings(
                        "m", List.of(Embedding.of(1, -0.2f), Embedding.of(3, 4.5f)), 2, 2, TokenUsage.reported(7, 0)));
    }

    @Test
    void only_their_size_is_read_if_nobody_wants_the_numbers() throws Exception {
        DecodedEmbeddings read = decoded(TWO, false);
        assertThat(read.embeddings()).isEmpty();
        assertThat(List.of(read.count(), read.dimensions())).containsExactly(2, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AACAPwAAAEAAAEBA", "AACAPwAAAEAAAEBAAACAQA=="})
    void base64_tells_its_size(String base64) throws Exception {
        int numbers = java.util.Base64.getDecoder().decode(base64).length / 4;
        DecodedEmbeddings read = decoded("{'data':[{'embedding':'" + base64 + "'}]}", false);
        assertThat(read.dimensions()).isEqualTo(numbers);
        assertThat(read.usage()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{'data':{}}",
                "{'data':[7]}",
                "{'data':[{'embedding':[]}]}",
                "{'data':[{'index':0}]}",
                "{'data':[{'embedding':[1]},{'embedding':[1,2]}]}",
                "{'data':[{'index':0,'embedding':[1]},{'index':0,'embedding':[1]}]}",
                "{'data':[{'embedding':[1,null]}]}",
                "{'data':[{'embedding':'AACAPwA='}]}",
                "{'data':[{'embedding':[1",
                "{'data':[{'embedding':[1]}]}x",
            })
    void what_is_no_list_of_embeddings_of_one_size_is_garbage(String json) {
        assertThatThrownBy(() -> decoded(json, true)).isInstanceOf(IOException.class);
    }

    @Test
    void an_error_in_their_place_is_one() {
        assertThatThrownBy(() -> decoded("{'error':{'message':'no'}}", true)).isInstanceOf(VendorErrorException.class);
    }

    @Test
    void a_usage_that_cant_be_true_is_not_believed() throws Exception {
        assertThat(decoded("{'data':[{'embedding':[1]}],'usage':{'prompt_tokens':-7}}", true)
                        .usage())
                .isNull();
    }

    @Test
    void a_request_says_what_openai_has_words_for() {
        EmbeddingRequest request = new EmbeddingRequest(
                List.of("a", "b"), 64, "search_query", "u", new Extra("openai", Map.of("x", new JsonText("[1]"))));
        assertThat(new String(EmbeddingRequestEncoder.encode(request, "m"), UTF_8))
                .isEqualTo("{\"model\":\"m\",\"input\":[\"a\",\"b\"],\"dimensions\":64,\"user\":\"u\",\"x\":[1]}");
    }
}
