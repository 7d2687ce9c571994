package dev.tierway.simulation.world;

import dev.tierway.domain.money.Price;

/** What a vendor really charges, in dollars per token. */
public record Rates(double input, double cachedInput, double output) {
    private static final double PICO = 1e-12;

    public static Rates of(Price price) {
        Long cached = price.cachedInput();
        return new Rates(price.input() * PICO, (cached == null ? price.input() : cached) * PICO, price.output() * PICO);
    }

    public double usd(double inputTokens, double cachedTokens, double outputTokens) {
        return (inputTokens - cachedTokens) * input + cachedTokens * cachedInput + outputTokens * output;
    }

    Rates times(double factor) {
        return new Rates(input * factor, cachedInput * factor, output * factor);
    }
}
