package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ByteForByteIT {
    private TwoUpstreams fleet;

    @BeforeEach
    void start() throws Exception {
        fleet = new TwoUpstreams();
    }

    @AfterEach
    void stop() throws Exception {
        fleet.close();
    }

    @Test
    void a_body_with_unknown_fields_arrives_byte_for_byte_but_for_the_three_splices() throws Exception {
        String ours = "\"tierway\": {\"seed\": 7},";
        String sent = "{ \"x_unknown\" : {\"deep\":[1, 2.50, \"\\u00e9 é\"]},\r\n\t" + ours
                + "\"stream\":true , \"model\" :\"tier:mid/code\", \"messages\":[{\"role\":\"user\",\"content\":\"hi\","
                + "\"x_extra\":null}],\"temperature\":1.0e0 }";
        HttpResponse<String> reply = fleet.post("/v1/chat/completions", sent);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        String inserted = "\"stream_options\":{\"include_usage\":true}";
        String arrived = arrived();
        assertThat(arrived).containsOnlyOnce(inserted);
        assertThat(arrived.replaceFirst(",?" + Pattern.quote(inserted), "").replace("{,", "{"))
                .isEqualTo(sent.replace(ours, "").replace("\"tier:mid/code\"", "\"m-at-a\""));
    }

    @Test
    void a_unary_body_without_anything_of_ours_changes_in_its_model_only() throws Exception {
        String sent =
                "{\"messages\":[{\"role\":\"user\",\"content\":\"\\ud83d\\ude00 \\/ x\"}],  \"model\":\"m\",\"n\":1}";
        HttpResponse<String> reply = fleet.post("/v1/chat/completions", sent);
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(arrived()).isEqualTo(sent.replace("\"m\"", "\"m-at-a\""));
    }

    @Test
    void the_reply_is_the_upstreams_byte_for_byte() throws Exception {
        HttpResponse<String> reply = fleet.post(
                "/v1/chat/completions", "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
        String direct = fleet.client
                .send(
                        java.net.http.HttpRequest.newBuilder(
                                        java.net.URI.create(fleet.a.baseUrl() + "/chat/completions"))
                                .header("content-type", "application/json")
                                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(arrived()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        // The simulated upstream numbers its answers and varies its filler words; the rest must be equal.
        assertThat(reply.body().replaceAll("\"content\":\"[^\"]*\"", "").replaceAll("sim-\\d+", ""))
                .isEqualTo(direct.replaceAll("\"content\":\"[^\"]*\"", "").replaceAll("sim-\\d+", ""));
    }

    private String arrived() {
        var recorded = fleet.a.recorded();
        return new String(recorded.getLast().body(), StandardCharsets.UTF_8);
    }
}
