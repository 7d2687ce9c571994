package dev.tierway.domain.agent;

import org.jspecify.annotations.Nullable;

/**
 * A tool call a model made.
 *
 * @param call the tool's name and its arguments, whatever the order of their members
 * @param result what the tool answered; null: not known (yet)
 */
public record ToolUse(
        String tool, Fingerprint call, @Nullable Fingerprint result) {}
