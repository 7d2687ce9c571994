package dev.tierway.application.port.in;

import org.jspecify.annotations.Nullable;

/**
 * One limit of those who call. Null is unknown, or doesn't apply. Amounts of money are decimal strings in the fields named
 * {@code …Usd}, all others counts in the fields beside them.
 *
 * @param rule the id of the budget
 * @param owner gateway | key | agent | workflow | user | tag
 * @param tag the tag's name, for a tag
 * @param key the API key in whose space the name lives
 * @param name whose it is; null for the gateway, and for all names together that found no room
 * @param others whether it counts all names together that found no room in their key's space
 * @param counts requests | tokens | input-tokens | output-tokens | usd | concurrency
 * @param usedShare of the limit, in [0, 1]; by how much a limit is exceeded stores don't tell
 * @param windowMillis over which a rate comes back
 * @param period hour | day | week | month | total, for money
 * @param resetsAt when nothing is used any more if nobody uses more, or the calendar window ends (RFC 3339)
 * @param enforced false: counted and warned of, but nobody is denied
 * @param state ok | warning | used_up | exceeded | unknown
 * @param priceWeight how much more price weighs now because money is spent faster than the window goes by, 1 to 5; null: not
 *     paced
 */
public record LimitStatus(
        String rule,
        String owner,
        @Nullable String tag,
        @Nullable String key,
        @Nullable String name,
        boolean others,
        String counts,
        @Nullable Long limit,
        @Nullable Long used,
        @Nullable Long left,
        @Nullable String limitUsd,
        @Nullable String usedUsd,
        @Nullable String leftUsd,
        @Nullable Double usedShare,
        @Nullable Long windowMillis,
        @Nullable String period,
        @Nullable String resetsAt,
        boolean enforced,
        String state,
        @Nullable Double priceWeight) {}
