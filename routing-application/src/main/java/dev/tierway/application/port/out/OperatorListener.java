package dev.tierway.application.port.out;

/** Hears of operators' actions. Must not block. */
public interface OperatorListener {
    /**
     * An action is in force on this instance from now on.
     *
     * @param here whether it was given to this instance, not learned from the storage
     */
    default void ordered(NumberedOrder order, boolean here) {}

    /**
     * An action can't be obeyed on this instance, e.g. since its configuration has no such rule.
     *
     * @param why in a sentence
     */
    default void notObeyed(NumberedOrder order, String why) {}

    /** What operators order elsewhere isn't learned any more; what was learned stays in force. Told once. */
    default void storeDown(Throwable why) {}

    /** It is again. */
    default void storeUp() {}
}
