package dev.tierway.domain.catalogue;

import java.time.Duration;

/**
 * How long circuits stay open that one failure opens, because it would only be repeated: the account, its credential or
 * its configuration is to blame.
 *
 * @param circuit how a provider's own circuit closes again; it counts nothing
 * @param credential a key that was refused
 * @param exhausted an account without money or credit
 * @param misconfigured a model or deployment that isn't there, or not for this key
 */
public record AccountSettings(CircuitSettings circuit, Times credential, Times exhausted, Times misconfigured) {
    public static final AccountSettings DEFAULTS = new AccountSettings(
            CircuitSettings.DEFAULTS,
            new Times(Duration.ofSeconds(5), Duration.ofSeconds(300)),
            new Times(Duration.ofMinutes(5), Duration.ofHours(1)),
            new Times(Duration.ofMinutes(5), Duration.ofHours(1)));

    /**
     * How long one stays open.
     *
     * @param open at first; doubles with every opening
     * @param maxOpen to which it doubles
     */
    public record Times(Duration open, Duration maxOpen) {
        public Times {
            if (open.isZero() || open.isNegative()) {
                throw new IllegalArgumentException("accounts: open must be more than 0");
            }
            if (maxOpen.compareTo(open) < 0) {
                throw new IllegalArgumentException("accounts: max-open must not be less than open");
            }
        }
    }

    /** The same for a provider whose circuit closes like this. */
    public AccountSettings closing(CircuitSettings like) {
        return new AccountSettings(like, credential, exhausted, misconfigured);
    }
}
