package dev.tierway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.tierway.GatewayConfig;
import dev.tierway.application.docs.ReferencePage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the distribution brings beside the program: files for Docker, Compose, systemd, Prometheus, Grafana and nginx. */
class PackagingTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Path OPS = ReferencePage.root().resolve("bootstrap/src/main/dist/ops");

    private static String text(String path) {
        return ReferencePage.read(OPS.resolve(path));
    }

    static Stream<Path> documents() throws IOException {
        try (Stream<Path> files = Files.walk(OPS)) {
            return files.filter(file -> file.toString().matches(".*\\.(yaml|json)")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_document_can_be_parsed(Path file) throws IOException {
        assertThat(YAML.readTree(ReferencePage.read(file)).isObject()).isTrue();
    }

    @Test
    void the_configuration_of_the_container_is_valid() {
        GatewayConfig config =
                GatewayConfig.parse(text("docker/tierway.yaml"), Map.of("TIERWAY_DB_PASSWORD", "secret"));

        assertThat(config.warnings()).isEmpty();
        assertThat(config.server().bind()).isEqualTo("0.0.0.0");
    }

    @Test
    void what_compose_mounts_and_builds_from_is_there() throws IOException {
        JsonNode compose = YAML.readTree(text("docker/compose.yaml"));
        List<String> files = new ArrayList<>();
        for (JsonNode service : compose.path("services")) {
            for (JsonNode volume : service.path("volumes")) {
                String source = volume.asText().split(":")[0];
                if (source.startsWith(".")) {
                    files.add(source);
                } else {
                    assertThat(compose.path("volumes").has(source)).as(source).isTrue();
                }
            }
        }
        JsonNode build = compose.at("/services/tierway/build");
        Path context =
                OPS.resolve("docker").resolve(build.path("context").asText()).normalize();

        assertThat(files)
                .hasSizeGreaterThan(5)
                .allSatisfy(
                        file -> assertThat(OPS.resolve("docker").resolve(file)).exists());
        assertThat(context).isEqualTo(ReferencePage.root().normalize());
        assertThat(context.resolve(build.path("dockerfile").asText())).exists();
    }

    @Test
    void compose_lets_nobody_in_from_outside_and_keeps_no_password() throws IOException {
        JsonNode compose = YAML.readTree(text("docker/compose.yaml"));
        compose.path("services").forEach(service -> {
            service.path("ports").forEach(port -> assertThat(port.asText()).startsWith("127.0.0.1:"));
            service.path("environment").properties().forEach(variable -> {
                if (variable.getKey().contains("PASSWORD")) {
                    assertThat(variable.getValue().asText()).startsWith("${").contains(":?");
                }
            });
        });
        assertThat(compose.path("services").properties())
                .extracting(Map.Entry::getKey)
                .contains("tierway", "postgres", "redis", "prometheus", "grafana");
    }

    @Test
    void what_compose_depends_on_are_services_that_tell_their_health() throws IOException {
        JsonNode services = YAML.readTree(text("docker/compose.yaml")).path("services");
        services.at("/tierway/depends_on")
                .fieldNames()
                .forEachRemaining(name -> assertThat(services.path(name).has("healthcheck"))
                        .as(name)
                        .isTrue());
    }

    @Test
    void the_image_runs_as_nobody_in_particular_and_copies_what_is_there() {
        String dockerfile = text("docker/Dockerfile");
        List<String> copied = Pattern.compile("(?m)^COPY (?:--chmod=\\d+ )?(bootstrap\\S+)")
                .matcher(dockerfile)
                .results()
                .map(copy -> copy.group(1))
                .toList();

        assertThat(dockerfile).contains("USER 10001:10001", "HEALTHCHECK", "FROM maven", "STOPSIGNAL SIGTERM");
        assertThat(dockerfile).doesNotContainPattern("wget|curl|ADD http");
        assertThat(dockerfile.indexOf("USER ")).isGreaterThan(dockerfile.lastIndexOf("\nRUN "));
        assertThat(copied)
                .hasSize(2)
                .allSatisfy(
                        file -> assertThat(ReferencePage.root().resolve(file)).exists());
        assertThat(OPS.resolve("docker/healthcheck").toFile().canExecute()).isTrue();
    }

    @Test
    void the_service_gives_running_calls_their_time() {
        String unit = text("systemd/tierway.service");

        assertThat(unit)
                .contains("TimeoutStopSec=45", "SuccessExitStatus=143", "DynamicUser=yes", "NoNewPrivileges=yes");
        assertThat(unit).contains("ExecStart=/opt/tierway/bin/tierway serve --config /etc/tierway/tierway.yaml");
    }

    @Test
    void nginx_never_sends_a_call_twice() {
        List<String> tries = Pattern.compile("(?m)^\\s*proxy_next_upstream .*$")
                .matcher(text("nginx/two-gateways.conf"))
                .results()
                .map(MatchResult::group)
                .toList();

        assertThat(tries)
                .singleElement()
                .satisfies(line -> assertThat(line.strip()).isEqualTo("proxy_next_upstream error timeout;"));
    }
}
