package dev.tierway.application.event;

/**
 * What became of one receiver's events so far.
 *
 * @param receiver its id
 * @param failed given up after all retries
 * @param dropped because too many waited
 * @param attempts requests sent for all of them
 */
public record Deliveries(String receiver, long delivered, long failed, long dropped, long attempts) {}
