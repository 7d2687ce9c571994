package dev.tierway.bootstrap.cli.doctor;

import dev.tierway.bootstrap.runtime.BuildInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;

/** The clock, and the versions of what runs. */
public final class MachineCheck {
    private static final Duration OLD_AGE = Duration.ofDays(3650);
    /** Clocks of two machines are never quite alike. */
    private static final Duration SLACK = Duration.ofDays(1);

    private static final int LEAST_JAVA = 21;

    private MachineCheck() {}

    public static List<Finding> of(Instant now, BuildInfo build) {
        return List.of(clock(now, build), java(), tierway(build));
    }

    /** A clock before the build, or years after it, is wrong: windows of quotas, logs and certificates rest on it. */
    private static Finding clock(Instant now, BuildInfo build) {
        Instant built;
        try {
            built = OffsetDateTime.parse(build.commitTime()).toInstant();
        } catch (DateTimeParseException unknown) {
            return Finding.ok("clock", "", now + " (there is no build time to compare it with)");
        }
        if (now.isBefore(built.minus(SLACK))) {
            return Finding.fail("clock", "", now + " is before this Tierway was built (" + built + "): set the clock");
        }
        return now.isAfter(built.plus(OLD_AGE))
                ? Finding.warn("clock", "", now + " is years after this Tierway was built: check the clock, or update")
                : Finding.ok("clock", "", now.toString());
    }

    private static Finding java() {
        int feature = Runtime.version().feature();
        String words = System.getProperty("java.vendor") + " " + Runtime.version();
        return feature < LEAST_JAVA
                ? Finding.fail("versions", "java", words + ": Tierway needs " + LEAST_JAVA + " or later")
                : Finding.ok("versions", "java", words);
    }

    private static Finding tierway(BuildInfo build) {
        return Finding.ok("versions", "tierway", build.version() + ", commit " + build.commit());
    }
}
