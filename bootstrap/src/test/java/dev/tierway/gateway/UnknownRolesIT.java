package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A role Tierway doesn't know: the vendor that speaks the client's format decides; nobody guesses what it would be elsewhere. */
class UnknownRolesIT {
    private static final String ORACLE = "{\"model\":\"%s\",\"max_tokens\":9,\"messages\":["
            + "{\"role\":\"oracle\",\"mood\":[1],\"content\":\"hi\"}]}";

    private MixedUpstreams fleet;

    @BeforeEach
    void start() throws Exception {
        fleet = new MixedUpstreams();
    }

    @AfterEach
    void stop() throws Exception {
        fleet.close();
    }

    @Test
    void to_a_vendor_of_the_same_format_it_passes_as_it_is() throws Exception {
        assertThat(fleet.post("/v1/chat/completions", ORACLE.formatted("g")).statusCode())
                .isEqualTo(200);
        assertThat(MixedUpstreams.arrived(fleet.gpt)).contains("{\"role\":\"oracle\",\"mood\":[1],\"content\":\"hi\"}");
    }

    @Test
    void to_one_of_another_format_it_is_refused() throws Exception {
        HttpResponse<String> refused = fleet.post("/v1/chat/completions", ORACLE.formatted("c"));
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(refused.body()).contains("unsupported_parameter");
        assertThat(fleet.claude.recorded()).isEmpty();
    }
}
