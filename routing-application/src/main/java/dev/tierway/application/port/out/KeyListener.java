package dev.tierway.application.port.out;

/** Hears of API keys. Must not block. */
public interface KeyListener {
    /**
     * A key was made, given another secret or taken away.
     *
     * @param here whether that was done at this instance, not learned from the storage
     */
    default void changed(StoredKey key, boolean here) {}

    /** A key can't be used on this instance, since the pepper it was made with isn't configured here. */
    default void unusable(StoredKey key) {}

    /** What is done to keys elsewhere isn't learned any more; what was learned stays in force. Told once. */
    default void storeDown(Throwable why) {}

    /** It is again. */
    default void storeUp() {}
}
