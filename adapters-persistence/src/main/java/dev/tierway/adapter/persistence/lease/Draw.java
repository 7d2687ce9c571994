package dev.tierway.adapter.persistence.lease;

/**
 * What an attempt took of one share.
 *
 * @param share from which it was drawn at first
 */
record Draw(Share share, long estimate) {}
