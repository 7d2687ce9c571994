package dev.tierway.architecture.guilty.adapter.persistence;

public final class StoreAdapter {}
