package dev.tierway.bootstrap.cli.conformance;

/**
 * What came of a case.
 *
 * @param words what was found; of a failure, its reason
 */
public record Outcome(Verdict verdict, String words) {
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
