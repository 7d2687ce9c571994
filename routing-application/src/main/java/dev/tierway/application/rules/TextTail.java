package dev.tierway.application.rules;

/** Collects the end of a long text, from back to front, and no more of it than there is room for. */
public final class TextTail {
    private final StringBuilder reversed = new StringBuilder();
    private int room;

    /** @param mostBytes of UTF-8 */
    public TextTail(int mostBytes) {
        this.room = mostBytes;
    }

    public boolean full() {
        return room <= 0;
    }

    /** Puts a part and a line feed before what is there already; what doesn't fit of its beginning is left out. */
    public void precede(String part) {
        prepend('\n');
        for (int i = part.length() - 1; i >= 0 && !full(); i--) {
            prepend(part.charAt(i));
        }
    }

    private void prepend(char c) {
        // Each half of a pair of surrogates counts for half of its four bytes.
        int bytes = c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        if (bytes > room) {
            room = 0;
        } else {
            room -= bytes;
            reversed.append(c);
        }
    }

    /** What was collected, in the text's order. */
    public String text() {
        char[] forwards = new char[reversed.length()];
        for (int i = 0; i < forwards.length; i++) {
            forwards[i] = reversed.charAt(forwards.length - 1 - i);
        }
        return new String(forwards);
    }
}
