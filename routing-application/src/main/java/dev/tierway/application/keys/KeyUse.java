package dev.tierway.application.keys;

/** When one key was last used, as far as this instance knows. */
final class KeyUse {
    /** Often enough for people, seldom enough for busy keys. */
    private static final long COARSE_MILLIS = 1000;

    private volatile long lastMillis;
    private volatile long storedMillis;

    /** Two threads may both write: their times are as good as each other. */
    void at(long epochMillis) {
        if (epochMillis - lastMillis >= COARSE_MILLIS) {
            lastMillis = epochMillis;
        }
    }

    /** 0: never. */
    long lastMillis() {
        return lastMillis;
    }

    boolean isNews() {
        return lastMillis > storedMillis;
    }

    void stored(long epochMillis) {
        storedMillis = epochMillis;
    }
}
