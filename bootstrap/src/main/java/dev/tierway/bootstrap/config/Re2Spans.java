package dev.tierway.bootstrap.config;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.tierway.application.plugin.builtin.SpanFinder;
import java.util.ArrayList;
import java.util.List;

/** What a pattern of RE2 syntax finds, in time linear in the text's length: an automaton does it, not backtracking. */
public final class Re2Spans implements SpanFinder {
    private final Pattern pattern;

    private Re2Spans(Pattern pattern) {
        this.pattern = pattern;
    }

    /** @throws IllegalArgumentException in the engine's words, if it is no pattern */
    public static SpanFinder of(String source) {
        try {
            return new Re2Spans(Pattern.compile(source));
        } catch (PatternSyntaxException e) {
            throw new Unfit(
                    "is not a pattern RE2 takes: " + e.getDescription() + ": `" + e.getPattern() + "`",
                    "RE2 has no look-around and no back references; see https://github.com/google/re2/wiki/Syntax");
        }
    }

    @Override
    public List<Span> in(String text) {
        List<Span> spans = new ArrayList<>(0);
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            if (matcher.end() > matcher.start()) {
                spans.add(new Span(matcher.start(), matcher.end()));
            }
        }
        return spans;
    }
}
