package dev.tierway.architecture.guilty.unmarked;

final class KnowsNoNull {}
