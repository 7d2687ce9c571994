package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class DidYouMeanTest {
    private static final List<String> KNOWN = List.of("provider", "price", "priority", "timeouts", "id");

    @Test
    void a_slip_of_the_finger_is_recognised() {
        assertThat(DidYouMean.closest("provder", KNOWN)).isEqualTo("provider");
        assertThat(DidYouMean.closest("prcie", KNOWN)).isEqualTo("price");
        assertThat(DidYouMean.closest("Priority", KNOWN)).isEqualTo("priority");
        assertThat(DidYouMean.closest("timeout", KNOWN)).isEqualTo("timeouts");
    }

    @Test
    void the_closest_wins() {
        assertThat(DidYouMean.closest("gpt-4", List.of("gpt-4o-mini", "gpt-4o", "gpt-3")))
                .isEqualTo("gpt-4o");
    }

    @Test
    void something_else_altogether_is_not() {
        assertThat(DidYouMean.closest("colour", KNOWN)).isNull();
        assertThat(DidYouMean.closest("", KNOWN)).isNull();
        assertThat(DidYouMean.closest("x", KNOWN)).isNull();
    }

    @Test
    void without_anything_close_all_are_named() {
        assertThat(DidYouMean.suggest("colour", KNOWN, "keys"))
                .isEqualTo("keys: provider, price, priority, timeouts, id");
        assertThat(DidYouMean.suggest("colour", List.of(), "quota domain")).isEqualTo("no quota domain is configured");
    }
}
