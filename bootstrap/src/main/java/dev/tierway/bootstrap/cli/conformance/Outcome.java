package dev.tierway.bootstrap.cli.conformance;

import java.util.regex.Pattern;

/**
 * What came of a case.
 *
 * @param words what was found; of a failure, its reason
 */
public record Outcome(Verdict verdict, String words) {
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\uFFFD]+");

    /** What a provider says may be quoted, and must not steer a terminal. */
    public Outcome {
        words = UNPRINTABLE.matcher(words).replaceAll(" ").strip();
    }

    /** Whether the replica did as it should. */
    public enum Verdict {
        PASS("pass"),
        FAIL("fail"),
        /** The model doesn't claim it, or it can't be seen there. */
        NOT_APPLICABLE("n.a.");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    static Outcome pass(String words) {
        return new Outcome(Verdict.PASS, words);
    }

    static Outcome fail(String words) {
        return new Outcome(Verdict.FAIL, words);
    }

    static Outcome notApplicable(String words) {
        return new Outcome(Verdict.NOT_APPLICABLE, words);
    }
}
