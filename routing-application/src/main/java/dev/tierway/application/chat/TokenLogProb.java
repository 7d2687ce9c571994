package dev.tierway.application.chat;

import java.util.List;

/**
 * How likely the model found a token it wrote.
 *
 * @param logProb natural logarithm of its probability
 * @param top the likeliest tokens at its place, likeliest first, each without its own; empty if not asked for
 */
public record TokenLogProb(String token, double logProb, List<TokenLogProb> top) {
    public TokenLogProb {
        top = List.copyOf(top);
    }
}
