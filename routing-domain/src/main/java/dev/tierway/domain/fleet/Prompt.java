package dev.tierway.domain.fleet;

/**
 * What identifies the beginnings of a prompt, so that a replica that holds one in its cache can be known: hashes at
 * message boundaries, salted by the caller's key, never text.
 */
public interface Prompt {
    /** A prompt of which nothing is known. */
    Prompt UNKNOWN = new Prompt() {
        @Override
        public int size() {
            return 0;
        }

        @Override
        public long hash(int i) {
            throw new IndexOutOfBoundsException(i);
        }

        @Override
        public int tokens(int i) {
            throw new IndexOutOfBoundsException(i);
        }

        @Override
        public long session() {
            return 0;
        }
    };

    /** Number of known beginnings. */
    int size();

    /** Hash of the i-th beginning; a longer one comes later. */
    long hash(int i);

    /** Input tokens of the i-th beginning. */
    int tokens(int i);

    /** Hash of the caller's session, in which prompts grow; 0 if it named none. */
    long session();
}
