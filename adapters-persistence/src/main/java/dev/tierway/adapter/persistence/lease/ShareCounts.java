package dev.tierway.adapter.persistence.lease;

/** Counted under the shares' lock. */
final class ShareCounts {
    private long admittedHere;
    private long askedStore;
    private long shares;
    private long leased;
    private long returned;

    void admittedHere() {
        admittedHere++;
    }

    void askedStore() {
        askedStore++;
    }

    void leased(long amount) {
        shares++;
        leased += amount;
    }

    void returned(long amount) {
        returned += amount;
    }

    SharesReport report() {
        return new SharesReport(admittedHere, askedStore, shares, leased, returned);
    }
}
