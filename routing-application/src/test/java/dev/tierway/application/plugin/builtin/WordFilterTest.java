package dev.tierway.application.plugin.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.fixture.JdkSpans;
import dev.tierway.application.plugin.RequestVerdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordFilterTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        bass           | the BASS player         | true
        bass           | embassy                 | false
        bass           | basses                  | false
        secret-project | our secret project, now | true
        secret-project | secret: project         | true
        secret-project | secret third project    | false
        müller         | Frau MÜLLER?            | true
        43             | room 43!                | true
        43             | room 431                | false
        """)
    void whole_words_are_found_and_parts_of_words_are_not(String entry, String text, boolean found) {
        assertThat(new WordList(List.of("never", entry), true).firstIn(text)).isEqualTo(found ? entry : null);
    }

    @Test
    void case_counts_if_it_is_told_to() {
        WordList words = new WordList(List.of("Alpha"), false);
        assertThat(words.firstIn("alpha")).isNull();
        assertThat(words.firstIn("an Alpha.")).isEqualTo("Alpha");
    }

    @Test
    void an_entry_that_begins_like_another_hides_neither() {
        WordList words = new WordList(List.of("a b c", "b d"), true);
        assertThat(words.firstIn("a b d")).isEqualTo("b d");
        assertThat(words.firstIn("a a b c")).isEqualTo("a b c");
    }

    @Test
    void an_entry_without_words_is_refused() {
        assertThatThrownBy(() -> new WordList(List.of("--"), true)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_was_found_is_not_repeated_to_the_caller() {
        WordFilter filter = new WordFilter(new WordList(List.of("secret"), true), JdkSpans.all("T-[0-9]+"), false);
        assertThat(filter.beforeRouting(PluginCalls.of(ChatRequest.of("a secret"))))
                .isEqualTo(RequestVerdict.deny("the request holds a blocked word"));
        assertThat(filter.beforeRouting(PluginCalls.of(ChatRequest.of("see T-17"))))
                .isEqualTo(RequestVerdict.deny("the request holds what a blocked pattern describes"));
        assertThat(filter.beforeRouting(PluginCalls.of(ChatRequest.of("fine")))).isEqualTo(RequestVerdict.go());
    }
}
