package dev.tierway.adapter.http;

import dev.tierway.application.port.in.CallHandle;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.routing.Ruling;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The headers that say how a call was routed. What is unknown has no header. */
final class ReplyHeaders {
    private static final CharSequence DECISION = HttpHeaders.createOptimized("x-tierway-decision");
    private static final CharSequence REPLICA = HttpHeaders.createOptimized("x-tierway-replica");
    private static final CharSequence MODEL = HttpHeaders.createOptimized("x-tierway-model");
    private static final CharSequence ATTEMPTS = HttpHeaders.createOptimized("x-tierway-attempts");
    private static final CharSequence COST_USD = HttpHeaders.createOptimized("x-tierway-cost-usd");
    private static final CharSequence RULE = HttpHeaders.createOptimized("x-tierway-rule");
    private static final CharSequence ARM = HttpHeaders.createOptimized("x-tierway-arm");
    private static final CharSequence CACHE = HttpHeaders.createOptimized("x-tierway-cache");
    private static final CharSequence WARNINGS = HttpHeaders.createOptimized("x-tierway-warnings");
    private static final CharSequence REPLAYED = HttpHeaders.createOptimized("idempotent-replayed");
    private static final CharSequence TRUE = HttpHeaders.createOptimized("true");
    private static final int MAX_WARNINGS_LENGTH = 1024;

    /** All of Tierway's own; the table in docs/reference/http.md has the same. */
    static final List<String> NAMES = Stream.of(
                    DECISION, REPLICA, MODEL, ATTEMPTS, COST_USD, RULE, ARM, CACHE, WARNINGS)
            .map(CharSequence::toString)
            .toList();

    private ReplyHeaders() {}

    /** That the reply is an earlier call's. */
    static void replayed(MultiMap headers, @Nullable CallHandle handle) {
        if (handle != null && handle.replayed()) {
            headers.set(REPLAYED, TRUE);
        }
    }

    static void decision(MultiMap headers, String callId) {
        headers.set(DECISION, callId);
    }

    /**
     * Nothing if a plugin answered in a model's place.
     *
     * @param fleet whether the caller may know which replica it was
     */
    static void replica(MultiMap headers, @Nullable Replica replica, boolean fleet) {
        if (replica == null) {
            return;
        }
        if (fleet) {
            headers.set(REPLICA, replica.id().value());
        }
        headers.set(MODEL, replica.model().value());
    }

    /** Whether the answer comes out of the response cache; nothing if none was asked. */
    static void cache(MultiMap headers, @Nullable Boolean cached) {
        if (cached != null) {
            headers.set(CACHE, cached ? "hit" : "miss");
        }
    }

    static void attempts(MultiMap headers, int attempts) {
        headers.set(ATTEMPTS, Integer.toString(attempts));
    }

    /** Which rule applied, and which arm of its experiment; nothing if none did. */
    static void ruling(MultiMap headers, @Nullable Ruling ruling) {
        if (ruling != null) {
            headers.set(RULE, ruling.rule());
            if (ruling.arm() != null) {
                headers.set(ARM, ruling.arm());
            }
        }
    }

    static void cost(MultiMap headers, @Nullable NanoUsd cost) {
        if (cost != null) {
            headers.set(COST_USD, cost.toDecimalString());
        }
    }

    static void warnings(MultiMap headers, Collection<String> warnings) {
        if (!warnings.isEmpty()) {
            headers.set(WARNINGS, inAHeader(String.join("; ", warnings)));
        }
    }

    /** Warnings may quote what came from outside: only what is harmless in a header stays. */
    private static String inAHeader(String text) {
        StringBuilder safe = new StringBuilder(Math.min(text.length(), MAX_WARNINGS_LENGTH));
        for (int i = 0; i < text.length() && i < MAX_WARNINGS_LENGTH; i++) {
            char c = text.charAt(i);
            safe.append(c >= ' ' && c < 0x7f ? c : '?');
        }
        return safe.toString();
    }
}
