package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.ConfigProblem;
import dev.tierway.ConfigProblem.Severity;
import dev.tierway.bootstrap.config.ConfigLoader.Loaded;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever a file holds, reading it ends in a configuration or in problems: never in anything else. */
final class ConfigLoaderProperties {
    private static final List<String> SNIPPETS = List.of(
            "",
            "{",
            "}",
            "[",
            "]",
            ":",
            "-",
            ",",
            "\"",
            "'",
            "|",
            ">",
            "&a ",
            "*a",
            "<<: *a",
            "!!binary ",
            "!x ",
            "%",
            "@",
            "`",
            "#",
            "~",
            "null",
            "true",
            "${",
            "${A}",
            "${file:}",
            "${file:\u0000}",
            "$${",
            "0",
            "-1",
            "1e999",
            ".inf",
            ".nan",
            "0x1F",
            "010",
            "1_000",
            "99999999999999999999",
            "\t",
            "\n",
            "\n  ",
            "\r\n",
            "\u0000",
            "\uFEFF",
            "\uD800",
            "é",
            "𝄞",
            "? ",
            "---\n",
            "...\n",
            "tier:mid",
            "*",
            "a*b",
            "%%",
            "1d",
            "9999999d",
            "100.5%");

    @Property(tries = 1000)
    void a_mutated_configuration_is_read_or_refused(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int times) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder text = new StringBuilder(Configs.everything());
        for (int i = 0; i < times; i++) {
            mutate(text, random);
        }

        check(ConfigLoader.parse(text.toString(), Configs.ENVIRONMENT));
    }

    @Property(tries = 1500)
    void values_in_the_wrong_place_are_read_or_refused(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int times) {
        check(ConfigLoader.parse(MutatedTrees.json(seed, times), Configs.ENVIRONMENT));
    }

    @Property(tries = 500)
    void any_text_is_read_or_refused(@ForAll String text) {
        check(ConfigLoader.parse(text, Configs.ENVIRONMENT));
        check(ConfigLoader.parse("{\"a\":" + text, Configs.ENVIRONMENT));
    }

    private static void check(Loaded loaded) {
        boolean errors = loaded.problems().stream().anyMatch(p -> p.severity() == Severity.ERROR);
        assertThat(loaded.config() == null).isEqualTo(errors);
        assertThat(loaded.problems())
                .extracting(ConfigProblem::toString)
                .allSatisfy(problem -> assertThat(problem).doesNotContain("canary"));
        if (loaded.config() != null) {
            assertThat(loaded.config().catalogue().models()).isNotEmpty();
        }
    }

    private static void mutate(StringBuilder text, SplittableRandom random) {
        int at = random.nextInt(text.length());
        int length = Math.min(text.length() - at, 1 + random.nextInt(12));
        String snippet = SNIPPETS.get(random.nextInt(SNIPPETS.size()));
        switch (random.nextInt(5)) {
            case 0 -> text.insert(at, snippet);
            case 1 -> text.replace(at, at + length, snippet);
            case 2 -> text.delete(at, at + length);
            case 3 -> text.insert(random.nextInt(text.length()), text.substring(at, at + length));
            default -> swapLines(text, random);
        }
    }

    private static void swapLines(StringBuilder text, SplittableRandom random) {
        List<String> lines = new java.util.ArrayList<>(text.toString().lines().toList());
        java.util.Collections.swap(lines, random.nextInt(lines.size()), random.nextInt(lines.size()));
        text.setLength(0);
        text.append(String.join("\n", lines)).append('\n');
    }
}
