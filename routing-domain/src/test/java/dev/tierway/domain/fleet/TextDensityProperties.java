package dev.tierway.domain.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;

/** What models learn of how dense text is. */
class TextDensityProperties {
    private static final long HOUR = 3_600_000_000_000L;

    record Prompt(long bytes, long reported, long afterNanos) {}

    @Provide
    Arbitrary<List<Prompt>> prompts() {
        Arbitrary<Long> sizes = Arbitraries.longs().between(-1, 5_000_000);
        Arbitrary<Long> counts = Arbitraries.oneOf(
                Arbitraries.longs().between(-1, 2_000_000), Arbitraries.of(0L, Long.MAX_VALUE, Long.MIN_VALUE));
        Arbitrary<Long> pauses = Arbitraries.longs().between(-HOUR, 100 * HOUR);
        return Combinators.combine(sizes, counts, pauses).as(Prompt::new).list().ofMaxSize(30);
    }

    private static TextDensity after(List<Prompt> prompts) {
        TextDensity text = TextDensity.UNMEASURED;
        long now = 0;
        for (Prompt prompt : prompts) {
            now += prompt.afterNanos;
            text = text.plus(prompt.bytes, prompt.reported, now);
        }
        return text;
    }

    @Property(tries = 300)
    void whatever_is_reported_it_stays_possible(@ForAll("prompts") List<Prompt> prompts) {
        assertThat(after(prompts).bytesPerToken()).isBetween(TextDensity.LEAST, TextDensity.MOST);
        assertThat(after(prompts).tokensOf(1200)).isBetween(100L, 1200L);
    }

    @Property(tries = 100)
    void the_same_prompts_teach_the_same(@ForAll("prompts") List<Prompt> prompts) {
        assertThat(after(prompts)).isEqualTo(after(prompts));
    }

    @Property(tries = 200)
    void a_steady_ratio_is_learned(
            @ForAll @DoubleRange(min = 1.2, max = 11) double ratio,
            @ForAll @LongRange(min = 400, max = 60_000) long bytes) {
        TextDensity text = TextDensity.UNMEASURED;
        for (int i = 0; i < 200; i++) {
            text = text.plus(bytes, Math.round(bytes / ratio), i);
        }
        assertThat(text.bytesPerToken()).isCloseTo(ratio, within(0.1 * ratio));
    }

    @Property(tries = 200)
    void one_prompt_never_counts_for_more_than_its_due(
            @ForAll @LongRange(min = 1, max = 100_000_000) long bytes,
            @ForAll @LongRange(min = 1, max = 100_000_000) long reported) {
        TextDensity before = TextDensity.UNMEASURED;
        for (int i = 0; i < 100; i++) {
            before = before.plus(40_000, 10_000, i);
        }
        assertThat(before.plus(bytes, reported, 100).bytesPerToken()).isBetween(3.6, 4.5);
    }

    @Example
    void a_greeting_hardly_moves_the_assumption() {
        assertThat(TextDensity.UNMEASURED.bytesPerToken()).isEqualTo(4);
        assertThat(TextDensity.UNMEASURED.plus(2, 8, 0).bytesPerToken()).isBetween(3.9, 4.0);
    }

    @Example
    void nothing_is_learned_of_nothing() {
        assertThat(TextDensity.UNMEASURED.plus(0, 10, 0).known()).isFalse();
        assertThat(TextDensity.UNMEASURED.plus(10, 0, 0).known()).isFalse();
        assertThat(TextDensity.UNMEASURED.plus(10, 3, 0).known()).isTrue();
    }

    @Example
    void what_was_long_ago_fades() {
        TextDensity dense = TextDensity.UNMEASURED.plus(60_000, 30_000, 0);
        TextDensity later = dense.plus(6_000, 1_500, 10 * HOUR);
        assertThat(dense.bytesPerToken()).isCloseTo(2, within(0.1));
        assertThat(later.bytesPerToken()).isCloseTo(4, within(0.1));
    }
}
