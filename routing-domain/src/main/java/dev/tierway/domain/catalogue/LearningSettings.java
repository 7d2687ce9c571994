package dev.tierway.domain.catalogue;

/**
 * What is made of how attempts at a replica end: estimates, rests, openings, retry budgets, caches. A reload's settings hold from then
 * on for what was learnt before, too; attempts in flight end under those they began with.
 */
public record LearningSettings(
        SuccessSettings success,
        UnmeasuredSettings unmeasured,
        CooldownSettings cooldown,
        AccountSettings accounts,
        RecentSettings recent,
        PromptCacheSettings promptCache) {
    public static final LearningSettings DEFAULTS = new LearningSettings(
            SuccessSettings.DEFAULTS,
            UnmeasuredSettings.DEFAULTS,
            CooldownSettings.DEFAULTS,
            AccountSettings.DEFAULTS,
            RecentSettings.DEFAULTS,
            PromptCacheSettings.DEFAULTS);

    /** The same for a provider whose circuit closes like this. */
    public LearningSettings closing(CircuitSettings like) {
        return new LearningSettings(success, unmeasured, cooldown, accounts.closing(like), recent, promptCache);
    }
}
