package dev.tierway.application.error;

/** A budget of the caller's own is used up. */
public final class BudgetExceededException extends TierwayException {
    private static final long serialVersionUID = 1;

    public BudgetExceededException(Details details) {
        super(details);
    }
}
