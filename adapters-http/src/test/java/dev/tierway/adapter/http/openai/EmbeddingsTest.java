package dev.tierway.adapter.http.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.adapter.http.server.HttpProblem;
import dev.tierway.adapter.http.server.Json;
import dev.tierway.adapter.http.wire.ScannedRequest;
import dev.tierway.application.chat.Constructs;
import dev.tierway.application.chat.Embedding;
import dev.tierway.application.chat.EmbeddingRequest;
import dev.tierway.application.chat.EmbeddingResponse;
import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.port.out.Operation;
import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.Construct;
import dev.tierway.domain.money.TokenUsage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingsTest {
    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(UTF_8);
    }

    private static ScannedRequest scanned(String text) {
        return new Embeddings().scan(json(text), 0);
    }

    @Test
    void a_body_tells_what_routing_needs() {
        ScannedRequest asked = scanned("{'model':'tier:small','input':['né','b'],'dimensions':64,'user':'u'}");
        assertThat(asked.model()).isEqualTo("tier:small/embed");
        assertThat(asked.facts().textBytes()).isEqualTo(4);
        assertThat(asked.facts().maxOutput()).isZero();
        assertThat(asked.facts().dimensions()).isEqualTo(64);
        assertThat(asked.facts().needs()).containsExactly(Capability.EMBEDDINGS);
        assertThat(asked.payload().operation()).isEqualTo(Operation.EMBEDDINGS);
        assertThat(asked.payload().embeddings().inputs()).containsExactly("né", "b");
        assertThat(asked.text().apply(100)).isEqualTo("né\nb\n");
    }

    @ParameterizedTest
    @CsvSource({"tier:mid/search, tier:mid/search", "m, m", "box/m, box/m"})
    void other_addresses_stay_as_they_are(String model, String address) {
        assertThat(scanned("{'model':'" + model + "','input':'x'}").model()).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'input':'x'",
                "'input':['x'],'encoding_format':'base64'",
                "'input':['x'],'dimensions':3,'input_type':'query','user':'u','truncate':'END'",
            })
    void the_scan_finds_what_the_translation_says(String members) {
        ScannedRequest asked = scanned("{'model':'m'," + members + "}");
        EmbeddingRequest request = asked.payload().embeddings();
        assertThat(asked.facts().uses()).isEqualTo(Constructs.of(request));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'input':[1,2,3]", "'input':[[1,2],[3]]", "'input':'x','encoding_format':'int8'"})
    void what_means_something_to_one_model_only_is_not_translated(String members) {
        ScannedRequest asked = scanned("{'model':'m'," + members + "}");
        assertThat(asked.facts().uses()).contains(Construct.NATIVE);
        assertThatThrownBy(() -> asked.payload().embeddings()).isInstanceOf(InvalidRequestException.class);
        assertThat(asked.facts().mediaTokens()).isEqualTo(members.contains("1,2") ? 3 : 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'model':'m'}|'input' is missing",
                "{'model':'m','input':[]}|at least one text",
                "{'model':'m','input':{}}|must be a string, or an array",
                "{'model':'m','input':[null]}|must be an array of strings or of tokens",
                "{'model':'m','input':[['x']]}|must be an array of strings or of tokens",
                "{'model':'m','input':'x','dimensions':0}|'dimensions' must be",
                "{'input':'x'}|'model' is missing",
            })
    void what_is_wrong_is_told(String body, String message) {
        assertThatThrownBy(() -> scanned(body)).isInstanceOf(HttpProblem.class).hasMessageContaining(message);
    }

    @Test
    void translated_embeddings_come_as_numbers_or_as_the_bytes_asked_for() {
        EmbeddingResponse response = new EmbeddingResponse(
                "m", List.of(Embedding.of(1, 2), Embedding.of(3, 0.5f)), TokenUsage.reported(7, 0));
        Embeddings format = new Embeddings();
        JsonNode plain = Json.document(format.embeddings(scanned("{'model':'m','input':'x'}"), response));
        assertThat(plain)
                .hasToString(new String(
                        json("{'object':'list','data':[{'object':'embedding','index':0,'embedding':[1.0,2.0]},"
                                + "{'object':'embedding','index':1,'embedding':[3.0,0.5]}],'model':'m',"
                                + "'usage':{'prompt_tokens':7,'total_tokens':7}}"),
                        UTF_8));
        JsonNode bytes = Json.document(
                format.embeddings(scanned("{'model':'m','input':'x','encoding_format':'base64'}"), response));
        assertThat(bytes.at("/data/0/embedding").textValue()).isEqualTo("AACAPwAAAEA=");
    }
}
