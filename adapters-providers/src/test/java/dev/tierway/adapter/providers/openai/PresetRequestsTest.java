package dev.tierway.adapter.providers.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.providers.Attempts;
import dev.tierway.adapter.providers.ConstructSamples;
import dev.tierway.adapter.providers.Dialects;
import dev.tierway.adapter.providers.Preset;
import dev.tierway.adapter.providers.Presets;
import dev.tierway.adapter.providers.ProviderSettings;
import dev.tierway.adapter.providers.Secret;
import dev.tierway.adapter.providers.http.TransportLimits;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.Role;
import dev.tierway.application.port.out.ProviderTransport;
import dev.tierway.domain.catalogue.Construct;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What presets are sent. */
class PresetRequestsTest {
    static List<Preset> all() {
        return Presets.all();
    }

    private static String written(Preset preset, ChatRequest request) {
        ChatRequestEncoder encoder = new ChatRequestEncoder(OpenAiDialect.of(preset.id()), preset.asksUsage());
        return new String(encoder.encode(request, "m", true), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("all")
    void what_a_preset_lacks_is_left_out_and_nothing_else(Preset preset) {
        for (Construct construct : Construct.values()) {
            if (ConstructSamples.canBeSaid(construct)
                    && construct.loss() == Construct.Loss.DROPPED
                    && !Dialects.of("openai-compatible").lacks().contains(construct)) {
                ConstructSamples samples = ConstructSamples.of(construct);
                boolean same = written(preset, samples.said()).equals(written(preset, samples.unsaid()));
                assertThat(same)
                        .as("%s to %s", construct, preset.id())
                        .isEqualTo(preset.lacks().contains(construct));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void the_cap_the_roles_and_the_usage_are_asked_for_in_its_words(Preset preset) {
        String body = written(
                preset,
                ChatRequest.builder()
                        .message(new ChatMessage(
                                Role.DEVELOPER, List.of(new Part.Text("be brief")), null, List.of(), null))
                        .user("x")
                        .maxOutputTokens(9L)
                        .build());

        assertThat(body).contains("\"" + preset.outputCap() + "\":9");
        assertThat(body.contains("\"role\":\"developer\"")).isEqualTo(preset.developerRole());
        assertThat(body.contains("include_usage")).isEqualTo(preset.asksUsage());
    }

    @Test
    void a_preset_needs_no_address() {
        Vertx vertx = Vertx.vertx();
        try {
            ProviderTransport transport = new OpenAiTransportFactory(vertx, () -> 0, TransportLimits.DEFAULTS)
                    .create(ProviderSettings.of(Attempts.PROVIDER, "groq", null, new Secret("k")));
            assertThat(transport).isNotNull();
            transport.close();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
