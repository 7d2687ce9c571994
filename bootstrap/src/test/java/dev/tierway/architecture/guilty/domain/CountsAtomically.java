package dev.tierway.architecture.guilty.domain;

import java.util.concurrent.atomic.AtomicInteger;

final class CountsAtomically {
    final AtomicInteger count = new AtomicInteger();
}
