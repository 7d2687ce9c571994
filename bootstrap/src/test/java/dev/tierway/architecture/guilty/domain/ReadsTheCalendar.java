package dev.tierway.architecture.guilty.domain;

import java.time.Instant;

final class ReadsTheCalendar {
    Instant now() {
        return Instant.now();
    }
}
