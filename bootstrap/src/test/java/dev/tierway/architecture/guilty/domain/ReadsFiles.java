package dev.tierway.architecture.guilty.domain;

import java.nio.file.Files;
import java.nio.file.Path;

final class ReadsFiles {
    boolean there(String name) {
        return Files.exists(Path.of(name));
    }
}
