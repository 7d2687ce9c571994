package dev.tierway.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.bootstrap.cli.show.Documents;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SimulateProviderIT {
    private static final String ASK = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic", "gemini"})
    void the_configuration_it_prints_reaches_it(String dialect) throws Exception {
        Terminal terminal = new Terminal(folder);
        Terminal.Running provider = terminal.start("simulated-provider --port 0 --format json --dialect " + dialect);
        JsonNode told = Documents.parse(provider.awaitPrinted(text -> text.endsWith("}\n")));
        Files.writeString(folder.resolve("its.yaml"), told.path("config").asText());

        Terminal.Result called =
                new Terminal(folder).type("call --config its.yaml --replica simulated/simulated hello");

        assertThat(called.out()).as(called.err()).contains("You said: hello");
        assertThat(provider.stop()).isZero();
        assertThat(provider.printed()).contains("stopping; 1 requests came, 1 were answered to the end");
    }

    @ParameterizedTest
    @CsvSource({"status-503, 503", "P17, 429", "p27, 500", "P21, 40"})
    void it_does_wrong_what_it_is_told_to(String fault, String status) throws Exception {
        Terminal terminal = new Terminal(folder);
        Terminal.Running provider = terminal.start("simulated-provider --port 0 --fault " + fault);
        String printed = provider.awaitPrinted(text -> text.contains("replicas:"));

        assertThat(String.valueOf(status(printed))).startsWith(status);
        assertThat(provider.stop()).isZero();
    }

    @Test
    void a_share_of_requests_is_spared() throws Exception {
        Terminal terminal = new Terminal(folder);
        Terminal.Running provider =
                terminal.start("simulated-provider --port 0 --share 0.5 --seed 3 --fault status-500,status-503");
        String printed = provider.awaitPrinted(text -> text.contains("replicas:"));
        int[] seen = new int[600];

        for (int i = 0; i < 40; i++) {
            seen[status(printed)]++;
        }

        assertThat(seen[200]).isBetween(8, 32);
        assertThat(seen[500]).isPositive();
        assertThat(seen[503]).isPositive();
        assertThat(seen[200] + seen[500] + seen[503]).isEqualTo(40);
        assertThat(provider.stop()).isZero();
    }

    @Test
    void the_faults_are_listed() {
        Terminal.Result table = new Terminal(folder).type("simulated-provider --list-faults");
        Terminal.Result json = new Terminal(folder).type("simulated-provider --list-faults --format json");

        assertThat(table.status()).isZero();
        assertThat(table.out()).contains("P11", "truncated", "ends in order, without finish reason");
        assertThat(json.json().get(0).path("number").asText()).isEqualTo("P5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--fault P99 | there is no 'P99'; there are P5 reset",
                "--fault P3 | strikes before a server is reached",
                "--fault P30 | use --latency",
                "--fault P11 --share 2 | more than 0 and at most 1",
                "--share 0.5 | belongs to --fault",
                "--stage later | before-first-token",
                "--latency 5 | no duration like 200ms",
                "--dialect cohere | none of openai, anthropic, gemini",
            })
    void what_it_can_not_do_is_told_with_status_2(String arguments, String told) {
        Terminal.Result result = new Terminal(folder).type("simulated-provider --port 0 " + arguments);

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains(told);
    }

    @Test
    void a_port_in_use_fails_and_names_the_option() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Terminal.Result result = new Terminal(folder).type("simulated-provider --port " + taken.getLocalPort());

            assertThat(result.status()).isEqualTo(1);
            assertThat(result.err()).contains("Port " + taken.getLocalPort() + " can't be used", "--port");
        }
    }

    private static int status(String printed) throws Exception {
        String url = printed.replaceAll("(?s).*listens on (\\S+) until.*", "$1");
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(url + "/chat/completions"))
                                    .POST(HttpRequest.BodyPublishers.ofString(ASK))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
