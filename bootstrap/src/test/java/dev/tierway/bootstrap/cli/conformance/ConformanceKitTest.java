package dev.tierway.bootstrap.cli.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ConformanceKitTest {
    @Test
    void what_a_provider_says_can_not_steer_a_terminal() {
        assertThat(Outcome.fail("the answer is no JSON: \u001b[2J\nhello\u202e").words())
                .isEqualTo("the answer is no JSON:  [2J hello");
    }

    @Test
    void json_is_one_object_and_nothing_around_it() {
        assertThat(JsonProbe.object("the answer", " {\"city\":\"Paris\"}\n")
                        .path("city")
                        .asText())
                .isEqualTo("Paris");
        for (String text : new String[] {"", "[1]", "```json\n{}\n```", "{} and more", "{\"city\":"}) {
            assertThatThrownBy(() -> JsonProbe.object("the answer", text))
                    .as(text)
                    .isInstanceOf(Unfulfilled.class)
                    .hasMessageContaining("the answer is no JSON");
        }
    }
}
