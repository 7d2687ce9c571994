package dev.tierway.architecture.guilty.bootstrap;

public final class Wiring {}
