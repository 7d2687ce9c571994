package dev.tierway.application.port.in;

/** A model or a provider: its replicas taken together. */
public record GroupStatus(String id, Status status, int replicas, long calls, long errors, int inFlight) {}
