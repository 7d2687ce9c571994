package dev.tierway.bootstrap.cli.show;

/** Breaks sentences into lines. */
public final class Lines {
    private Lines() {}

    /**
     * Breaks at spaces; a word longer than a line stays whole.
     *
     * @param first what the first line begins with
     * @param next what the others begin with
     */
    public static String wrap(String sentence, String first, String next, int width) {
        StringBuilder text = new StringBuilder();
        StringBuilder line = new StringBuilder(first);
        boolean begun = false;
        for (String word : sentence.split("[ \\n]+")) {
            if (begun && line.length() + 1 + word.length() > width) {
                text.append(line).append('\n');
                line = new StringBuilder(next);
                begun = false;
            }
            line.append(begun ? " " : "").append(word);
            begun = true;
        }
        return text.append(line).append('\n').toString();
    }
}
