package dev.tierway.application.event;

/** Hears of events, one after another, on a virtual thread of its own: it may block. What it throws is logged. */
@FunctionalInterface
public interface EventSubscriber {
    void on(GatewayEvent event) throws Exception;
}
