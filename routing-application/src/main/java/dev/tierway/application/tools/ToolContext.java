package dev.tierway.application.tools;

import dev.tierway.application.port.in.CallOptions;

/**
 * For what a tool is used.
 *
 * @param callId of the tool call, as the model named it
 * @param step of the conversation, from 1
 * @param options of the conversation's calls: agent, workflow, user, tags
 */
public record ToolContext(String callId, int step, CallOptions options) {}
