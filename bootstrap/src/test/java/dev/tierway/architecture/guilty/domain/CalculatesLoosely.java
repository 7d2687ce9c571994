package dev.tierway.architecture.guilty.domain;

final class CalculatesLoosely {
    double decay(double age) {
        return Math.exp(-age);
    }
}
