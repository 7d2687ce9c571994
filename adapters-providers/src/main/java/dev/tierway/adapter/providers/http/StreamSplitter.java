package dev.tierway.adapter.providers.http;

import java.util.function.Predicate;

/** Cuts a stream's bytes into events, wherever the packets' borders are. One per stream. */
public interface StreamSplitter {
    /** Takes the next bytes. Returns false if the stream can't be read on: an event is too long, or its frame is broken. */
    boolean feed(byte[] bytes);

    /** The stream has ended: what of an event is complete still counts. */
    void finish();

    /** How a vendor frames its events. */
    @FunctionalInterface
    interface Framing {
        /** @param receiver takes each event; false ends the splitting */
        StreamSplitter splitter(int maxEventBytes, Predicate<StreamEvent> receiver);
    }
}
