package dev.tierway.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServeIT {
    private static final Pattern API = Pattern.compile("API +(http\\S+)/v1");

    @TempDir
    Path folder;

    @Test
    void it_says_when_it_is_ready_and_where_and_ends_when_told_to() throws Exception {
        Terminal terminal = new Terminal(folder);
        terminal.type("init");

        Terminal.Running serve = terminal.start("serve --port 0 --admin-port 0");
        String ready = serve.awaitPrinted(text -> text.contains("admin "));

        assertThat(ready).contains("ready in 123 ms, serving", "tierway.yaml");
        assertThat(status(api(ready) + "/readyz")).isEqualTo(200);
        assertThat(serve.stop()).isZero();
        assertThat(serve.printed()).contains("stopping; calls that run have 30 s to finish");
    }

    @Test
    void it_serves_the_vendors_whose_keys_are_in_the_environment() throws Exception {
        Terminal terminal = new Terminal(folder).with("OPENAI_API_KEY", "sk-canary-of-this-test");

        Terminal.Running serve = terminal.start("serve --port 0 --admin-port 0");
        String ready = serve.awaitPrinted(text -> text.contains("admin "));

        assertThat(ready).contains("the vendors' keys in the environment");
        assertThat(serve.stop()).isZero();
        assertThat(serve.printed()).doesNotContain("canary");
    }

    @Test
    void the_configuration_may_be_named_in_the_environment() throws Exception {
        new Terminal(folder).type("init other.yaml");
        Terminal terminal = new Terminal(folder).with("TIERWAY_CONFIG", "other.yaml");

        Terminal.Running serve = terminal.start("serve --port 0 --admin-port 0 --format json");
        String ready = serve.awaitPrinted(text -> text.contains("ready_ms"));

        assertThat(ready).contains("\"config\" : ", "other.yaml");
        assertThat(serve.stop()).isZero();
    }

    @Test
    void nothing_to_serve_fails_and_says_how_to_begin() {
        Terminal.Result result = new Terminal(folder).type("serve");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err())
                .contains("There is nothing to serve", "tierway init", "OPENAI_API_KEY", "tierway demo");
    }

    @Test
    void a_bad_configuration_fails_with_every_problem() throws IOException {
        Files.writeString(folder.resolve("tierway.yaml"), "providers: 7\nmodels: 8\n");

        Terminal.Result result = new Terminal(folder).type("serve");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("can't be used", "tierway.yaml:1:", "tierway.yaml:2:");
    }

    @Test
    void a_port_in_use_fails_and_names_the_option() throws IOException {
        new Terminal(folder).type("init");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = taken.getLocalPort();

            Terminal.Result api = new Terminal(folder).type("serve --admin-port 0 --port " + port);
            Terminal.Result admin = new Terminal(folder).type("serve --port 0 --admin-port " + port);

            assertThat(api.status()).isEqualTo(1);
            assertThat(api.err()).contains("The API's port " + port + " can't be used", "with --port");
            assertThat(admin.status()).isEqualTo(1);
            assertThat(admin.err()).contains("The admin port " + port + " can't be used", "with --admin-port");
        }
    }

    @Test
    void one_port_for_both_is_refused() {
        new Terminal(folder).type("init");

        Terminal.Result result = new Terminal(folder).type("serve --port 9000 --admin-port 9000");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("can't both be 9000");
    }

    private static String api(String ready) {
        Matcher matcher = API.matcher(ready);
        assertThat(matcher.find()).as(ready).isTrue();
        return matcher.group(1);
    }

    private static int status(String url) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
