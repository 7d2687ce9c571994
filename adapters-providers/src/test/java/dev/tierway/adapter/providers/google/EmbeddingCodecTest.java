package dev.tierway.adapter.providers.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.adapter.providers.wire.VendorErrorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddingCodecTest {
    @Test
    void a_batch_names_the_model_in_each_request() {
        assertThat(EmbeddingCodec.batch("models/e", List.of("a", "b\""), 256))
                .asString()
                .isEqualTo("{\"requests\":[{\"model\":\"models/e\",\"content\":{\"parts\":[{\"text\":\"a\"}]},"
                        + "\"outputDimensionality\":256},{\"model\":\"models/e\",\"content\":{\"parts\":"
                        + "[{\"text\":\"b\\\"\"}]},\"outputDimensionality\":256}]}");
    }

    @Test
    void one_text_is_its_own_request() {
        assertThat(EmbeddingCodec.single("a", null))
                .asString()
                .isEqualTo("{\"content\":{\"parts\":[{\"text\":\"a\"}]}}");
    }

    @Test
    void vectors_come_in_the_order_of_the_texts() throws Exception {
        var many = decode("{\"embeddings\":[{\"values\":[0.5,-1]},{\"values\":[2e-1,0]}]}", 2);
        assertThat(many.vectors()).containsExactly(new float[] {0.5f, -1f}, new float[] {0.2f, 0f});
        assertThat(many.inputTokens()).isNull();
        var one = decode("{\"embedding\":{\"values\":[1]},\"usageMetadata\":{\"promptTokenCount\":3}}", 1);
        assertThat(one.vectors()).containsExactly(new float[] {1f});
        assertThat(one.inputTokens()).isEqualTo(3);
    }

    @Test
    void fewer_vectors_than_texts_are_no_answer() {
        assertThatThrownBy(() -> decode("{\"embeddings\":[{\"values\":[1]}]}", 2))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> decode("{\"embeddings\":[{\"values\":[]}]}", 1))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> decode("{\"embeddings\":[{\"values\":[\"x\"]}]}", 1))
                .isInstanceOf(IOException.class);
    }

    @Test
    void an_error_is_told_from_garbage() {
        assertThatThrownBy(() -> decode("{\"error\":{\"code\":429,\"status\":\"RESOURCE_EXHAUSTED\"}}", 1))
                .isInstanceOf(VendorErrorException.class);
    }

    private static EmbeddingCodec.Embedded decode(String body, int texts) throws IOException, VendorErrorException {
        return EmbeddingCodec.decode(body.getBytes(StandardCharsets.UTF_8), texts);
    }
}
