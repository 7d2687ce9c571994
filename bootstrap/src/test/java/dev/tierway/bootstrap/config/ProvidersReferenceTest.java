package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.port.in.ProviderFacts;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/reference/providers.md is made from the code. */
final class ProvidersReferenceTest {
    private static final String PAGE = "../docs/reference/providers.md";
    private static final String BEGIN = "<!-- made from the code: do not edit below -->\n";

    @Test
    void the_page_lists_exactly_the_kinds_and_presets_there_are() {
        String page = Committed.read(PAGE);
        int begin = page.indexOf(BEGIN);
        assertThat(begin).as("the marker after which the page is made").isPositive();
        Committed.assertUpToDate(PAGE, page.substring(0, begin + BEGIN.length()) + "\n" + made());
    }

    private static String made() {
        List<ProviderFacts> all = ProviderKinds.all();
        StringBuilder text = new StringBuilder("## Kinds with a dialect of their own\n\n"
                + "| kind | whose | key usually in | where, unless `base-url` says | wire formats | lacks |\n"
                + "|---|---|---|---|---|---|\n");
        all.stream().filter(one -> !one.preset()).forEach(one -> text.append(row(one)));
        text.append("\n"
            + "## Presets\n\n"
            + "All speak OpenAI's chat completions.\n\n"
            + "| kind | whose | key usually in | where, unless `base-url` says | wire formats | lacks besides | source"
            + " |\n"
            + "|---|---|---|---|---|---|---|\n");
        List<String> common = all.stream()
                .filter(one -> one.kind().equals("openai-compatible"))
                .findFirst()
                .orElseThrow()
                .lacks();
        all.stream().filter(ProviderFacts::preset).forEach(one -> text.append(presetRow(one, common)));
        return text.toString();
    }

    private static String row(ProviderFacts one) {
        return begin(one) + " | " + words(one.lacks()) + " |\n";
    }

    private static String presetRow(ProviderFacts one, List<String> common) {
        List<String> own =
                one.lacks().stream().filter(word -> !common.contains(word)).toList();
        return begin(one) + " | " + words(own) + " | [" + (one.readOn() == null ? "not compared" : one.readOn()) + "]("
                + one.source() + ") |\n";
    }

    private static String begin(ProviderFacts one) {
        return "| `" + one.kind() + "` | " + one.name() + (one.local() ? ", local" : "") + " | "
                + (one.keyVariable() == null ? "–" : "`" + one.keyVariable() + "`") + " | "
                + (one.baseUrl() == null ? "–" : "`" + one.baseUrl() + "`") + " | "
                + words(one.dialect().formats());
    }

    private static String words(List<String> words) {
        return words.isEmpty() ? "–" : String.join(", ", words);
    }
}
