package dev.tierway.domain.fleet;

/**
 * Keeps hedges a small share of the calls: every call that might be hedged earns a fraction of one, up to a few.
 *
 * @param hedges that may be sent now
 */
record HedgeCredit(double hedges) {
    static final HedgeCredit NONE = new HedgeCredit(0);
    private static final double MOST = 10;
    /** What adding up fractions may lack of a whole one. */
    private static final double ROUNDING = 1e-9;

    HedgeCredit earned(double share) {
        return new HedgeCredit(Math.min(MOST, hedges + share));
    }

    boolean enough() {
        return hedges >= 1 - ROUNDING;
    }

    HedgeCredit spent() {
        return new HedgeCredit(hedges - 1);
    }
}
