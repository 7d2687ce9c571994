package dev.tierway.application.port.in;

import dev.tierway.application.port.out.AccountBalance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a vendor last told of an account.
 *
 * @param usable whether it says that calls are served with what is left; null if it doesn't say, or never told
 * @param balances empty if it never told
 * @param toldAgoMillis since it told; null: never
 * @param failure why the last probe failed; null if it didn't
 */
public record AccountStatus(
        @Nullable Boolean usable,
        List<AccountBalance> balances,
        @Nullable Long toldAgoMillis,
        @Nullable String failure) {}
