package dev.tierway.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoIT {
    @TempDir
    Path folder;

    @Test
    void it_shows_three_levels_a_spillover_and_a_stream_with_their_decisions() {
        Terminal.Result result = new Terminal(folder).type("demo --once");

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("1. By tier", "2. By logical model", "3. By replica", "4. Spillover", "5. Streamed")
                .contains("tier:mid/code (tier,", "demo-mid (model,", "west/demo-mid (replica,")
                .contains("rate_limited (HTTP 429), retry after 2000 ms", "attempt 2: east/demo-small")
                .contains("already_left (attempt 1, class rate_limited)")
                .contains("curl -s ", "tierway.callByTier(ModelTier.MID, UseCase.CODE,");
        // How long the temporary folder's name is is the machine's choice.
        assertThat(result.out().lines().filter(line -> !line.contains("tierway.yaml")))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void it_gives_scripts_the_decisions() {
        Terminal.Result result = new Terminal(folder).type("demo --once --format json");

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.json()).hasSize(5);
        for (JsonNode step : result.json()) {
            assertThat(step.path("unmet")).isEmpty();
            assertThat(step.path("decision").path("outcome").path("status").asText())
                    .isEqualTo("delivered");
        }
    }

    @Test
    void it_goes_on_serving_until_it_is_told_to_stop() throws Exception {
        Terminal terminal = new Terminal(folder);

        Terminal.Running demo = terminal.start("demo");
        String invitation = demo.awaitPrinted(text -> text.contains("tierway call --tier"));

        assertThat(invitation).contains("It serves until Ctrl-C");
        String admin = invitation.replaceAll("(?s).*admin +(http://127.0.0.1:\\d+)/.*", "$1");
        Terminal.Result list = new Terminal(folder).type("decisions --url " + admin);
        assertThat(list.out()).contains("east/demo-small").as(list.err());
        assertThat(demo.stop()).isZero();
    }
}
