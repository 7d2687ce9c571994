package dev.tierway.application.tools;

import dev.tierway.application.port.out.ArgumentCheck;
import dev.tierway.application.port.out.MonotonicClock;
import dev.tierway.application.toolaccess.ToolAccess;

/** What all conversations with tools share. */
public record ToolParts(
        ArgumentCheck check, ToolAccess access, ToolMemory memory, StepWatch watch, MonotonicClock clock) {}
