package dev.tierway.adapter.providers.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.adapter.providers.Dialects;
import dev.tierway.adapter.providers.wire.BedrockEmbeddings;
import dev.tierway.adapter.providers.wire.DecodedEmbeddings;
import dev.tierway.adapter.providers.wire.VendorErrorException;
import dev.tierway.application.chat.Embedding;
import dev.tierway.application.chat.EmbeddingRequest;
import dev.tierway.domain.catalogue.Construct;
import dev.tierway.domain.money.TokenUsage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InvokedEmbeddingsTest {
    private static final String TITAN = "amazon.titan-embed-text-v2:0";
    private static final String TITAN_FIRST = "amazon.titan-embed-text-v1";
    private static final String COHERE = "eu.cohere.embed-v4:0";
    private static final String COHERE_3 = "cohere.embed-multilingual-v3";

    private static String encoded(EmbeddingRequest request, String model) {
        return new String(InvokedEmbeddings.encode(request, model), StandardCharsets.UTF_8);
    }

    private static DecodedEmbeddings decoded(String body) throws IOException, VendorErrorException {
        return new InvokedEmbeddings("m").whole(body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        TITAN + ", TITAN",
        TITAN_FIRST + ", TITAN_FIRST",
        "amazon.titan-embed-g1-text-02, TITAN_FIRST",
        "amazon.titan-embed-image-v1, NONE",
        COHERE + ", COHERE",
        COHERE_3 + ", COHERE_3",
        "arn:aws:bedrock:us-east-1::foundation-model/cohere.embed-english-v3, COHERE_3",
        "cohere.command-r-v1:0, NONE",
        "eu.anthropic.claude-sonnet-4-6, NONE"
    })
    void an_id_tells_how_its_model_embeds(String id, BedrockEmbeddings how) {
        assertThat(BedrockEmbeddings.of(id)).isEqualTo(how);
    }

    @Test
    void titan_takes_one_text_and_a_size() {
        assertThat(encoded(EmbeddingRequest.of("a").withDimensions(256), TITAN))
                .isEqualTo("{\"inputText\":\"a\",\"dimensions\":256}");
        EmbeddingRequest two = EmbeddingRequest.of("a", "b");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InvokedEmbeddings.encode(two, TITAN))
                .withMessageContaining("one text a call");
    }

    @Test
    void cohere_takes_many_and_is_told_what_for() {
        assertThat(encoded(EmbeddingRequest.of("a", "b").withDimensions(512), COHERE))
                .isEqualTo(
                        "{\"texts\":[\"a\",\"b\"],\"input_type\":\"search_document\",\"embedding_types\":[\"float\"],"
                                + "\"output_dimension\":512}");
        assertThat(encoded(EmbeddingRequest.of("a").withInputType("clustering"), COHERE_3))
                .contains("\"input_type\":\"clustering\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {TITAN, TITAN_FIRST, COHERE, COHERE_3})
    void the_table_is_what_the_encoder_does(String model) {
        Set<Construct> lacks = Dialects.of("bedrock", model).lacks();
        String plain = encoded(EmbeddingRequest.of("a"), model);

        assertThat(lacks).doesNotContain(Construct.EMBEDDINGS);
        assertThat(lacks.contains(Construct.DIMENSIONS))
                .isEqualTo(encoded(EmbeddingRequest.of("a").withDimensions(256), model)
                        .equals(plain));
        assertThat(lacks.contains(Construct.INPUT_TYPE))
                .isEqualTo(encoded(EmbeddingRequest.of("a").withInputType("search_query"), model)
                        .equals(plain));
    }

    @Test
    void a_model_without_embeddings_is_not_asked() {
        EmbeddingRequest one = EmbeddingRequest.of("a");
        assertThat(Dialects.of("bedrock", "amazon.nova-pro-v1:0").lacks()).contains(Construct.EMBEDDINGS);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InvokedEmbeddings.encode(one, "amazon.nova-pro-v1:0"))
                .withMessageContaining("amazon.nova-pro-v1:0");
    }

    @Test
    void titan_tells_how_long_the_text_was() throws Exception {
        DecodedEmbeddings one = decoded(
                "{\"embedding\":[1,0.5],\"embeddingsByType\":{\"float\":[1,0.5]}," + "\"inputTextTokenCount\":7}");
        assertThat(one.embeddings()).containsExactly(Embedding.of(1f, 0.5f));
        assertThat(one.usage()).isEqualTo(TokenUsage.reported(7, 0));
    }

    @Test
    void cohere_answers_by_type_or_without() throws Exception {
        for (String lists : new String[] {"{\"float\":[[1,2],[3,4]]}", "[[1,2],[3,4]]"}) {
            DecodedEmbeddings both = decoded("{\"id\":\"x\",\"embeddings\":" + lists + ",\"texts\":[\"a\",\"b\"]}");
            assertThat(both.embeddings()).containsExactly(Embedding.of(1f, 2f), Embedding.of(3f, 4f));
            assertThat(both.usage()).isNull();
        }
    }

    @Test
    void an_error_is_told_from_garbage() {
        assertThatThrownBy(() -> decoded("{\"message\":\"too long\"}")).isInstanceOf(VendorErrorException.class);
        assertThatThrownBy(() -> decoded("{\"embeddings\":[[\"x\"]]}")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> decoded("{}")).isInstanceOf(IOException.class);
    }
}
