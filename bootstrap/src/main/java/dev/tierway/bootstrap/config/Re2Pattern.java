package dev.tierway.bootstrap.config;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.tierway.application.rules.TextPattern;

/**
 * A pattern of RE2 syntax: searched in time linear in the text's length, since an automaton, not backtracking, does it.
 *
 * @param source as it was written
 */
record Re2Pattern(String source, Pattern compiled) implements TextPattern {
    /** @throws Unfit in the engine's words, if it is no pattern */
    static TextPattern of(String source) {
        try {
            return new Re2Pattern(source, Pattern.compile(source));
        } catch (PatternSyntaxException e) {
            throw new Unfit(
                    "is not a pattern RE2 takes: " + e.getDescription() + ": `" + e.getPattern() + "`",
                    "RE2 has no look-around and no back references; see https://github.com/google/re2/wiki/Syntax");
        }
    }

    @Override
    public boolean occursIn(String text) {
        return compiled.matcher(text).find();
    }
}
