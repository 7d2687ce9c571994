package dev.tierway.application.tools;

import dev.tierway.application.access.ToolAccess;
import dev.tierway.application.port.out.ArgumentCheck;
import dev.tierway.application.port.out.MonotonicClock;

/** What all conversations with tools share. */
public record ToolParts(
        ArgumentCheck check, ToolAccess access, ToolMemory memory, StepWatch watch, MonotonicClock clock) {}
