package dev.tierway.domain.quota;

/** How a reservation ends: what finally counts of what it took. */
public sealed interface Ending {
    /** The amount finally charged for a hold. Concurrency is given back by every ending. */
    long charged(Hold hold);

    /** The real usage is known. */
    record Settled(Amounts actual) implements Ending {
        @Override
        public long charged(Hold hold) {
            return actual.of(hold.descriptor());
        }
    }

    /** The outcome is unknown: rates stay at the estimate, money becomes what was seen. */
    record Unknown(Amounts seen) implements Ending {
        @Override
        public long charged(Hold hold) {
            return hold.descriptor().limit().dimension() == Dimension.MONEY ? seen.of(Dimension.MONEY) : hold.amount();
        }
    }

    /** Nothing was used. The caller's request stays counted all the same: it belongs to the call, not to this attempt. */
    record Refunded() implements Ending {
        @Override
        public long charged(Hold hold) {
            return isRequest(hold) && hold.descriptor().side() == Side.CALLER ? hold.amount() : 0;
        }
    }

    /** The vendor saw the request and charged nothing for it. */
    record RefundedButRequest() implements Ending {
        @Override
        public long charged(Hold hold) {
            return isRequest(hold) ? hold.amount() : 0;
        }
    }

    /** Nobody ended it in time: the estimate stays charged. */
    record Expired() implements Ending {
        @Override
        public long charged(Hold hold) {
            return hold.amount();
        }
    }

    private static boolean isRequest(Hold hold) {
        return hold.descriptor().limit().dimension() == Dimension.REQUESTS;
    }
}
