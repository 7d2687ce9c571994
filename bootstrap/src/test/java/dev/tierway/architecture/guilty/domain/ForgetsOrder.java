package dev.tierway.architecture.guilty.domain;

import java.util.HashSet;
import java.util.Set;

final class ForgetsOrder {
    final Set<String> fixed = Set.of("a", "b");
    final Set<String> growing = new HashSet<>();
}
