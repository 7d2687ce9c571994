package dev.tierway.application.port.in;

/**
 * What this instance's shares of limits were good for, since its start.
 *
 * @param admittedHere attempts admitted from shares: no question to the store
 * @param askedStore attempts the store was asked for
 * @param shares shares it granted
 * @param leased how much it granted in them, of all limits together
 * @param returned how much of that was given back unused
 */
public record SharesStatus(long admittedHere, long askedStore, long shares, long leased, long returned) {}
