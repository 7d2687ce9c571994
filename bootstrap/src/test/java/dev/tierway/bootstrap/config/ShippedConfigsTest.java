package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.GatewayConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ShippedConfigsTest {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)}");

    @Test
    void the_example_of_the_distribution_is_valid_given_the_variables_it_names() {
        GatewayConfig config = valid(Committed.read("src/main/dist/conf/tierway.yaml"));

        assertThat(config.models()).hasSizeGreaterThan(1);
    }

    @Test
    void what_init_writes_is_valid_and_needs_no_key() throws IOException {
        String text = template();
        GatewayConfig config = GatewayConfig.parse(text, Map.of());

        assertThat(config.warnings()).isEmpty();
        assertThat(config.providers())
                .allSatisfy(provider -> assertThat(provider.kind()).isEqualTo("simulated"));
    }

    @Test
    void what_init_writes_stays_valid_with_its_examples_taken_out_of_comments() throws IOException {
        GatewayConfig config = valid(template().replaceAll("(?m)^# \\S.*$", "").replaceAll("(?m)^#(  .*)$", "$1"));

        assertThat(config.providers()).extracting(provider -> provider.kind()).contains("openai", "openai-compatible");
    }

    private static String template() throws IOException {
        try (InputStream in = GatewayConfig.class.getResourceAsStream("init.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static GatewayConfig valid(String text) {
        Map<String, String> environment = VARIABLE.matcher(text.replaceAll("(?m)^\\s*#.*$", ""))
                .results()
                .map(match -> match.group(1))
                .distinct()
                .collect(Collectors.toMap(name -> name, name -> "value-of-" + name));
        return GatewayConfig.parse(text, environment);
    }
}
