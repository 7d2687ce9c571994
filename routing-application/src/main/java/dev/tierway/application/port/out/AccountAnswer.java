package dev.tierway.application.port.out;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of asking a vendor for an account's rest. */
public sealed interface AccountAnswer {
    /**
     * The vendor has told.
     *
     * @param usable whether it says that calls are served with what is left; null if it doesn't say
     * @param balances one per currency, or per cap
     */
    record Told(@Nullable Boolean usable, List<AccountBalance> balances) implements AccountAnswer {
        public Told {
            balances = List.copyOf(balances);
        }
    }

    /** @param why in words for people, without any credential */
    record Failed(String why) implements AccountAnswer {}
}
