package dev.tierway.architecture.guilty.adapter.persistence;

final class StringUtil {}
