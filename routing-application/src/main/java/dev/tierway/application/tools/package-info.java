/** Conversations in which the model uses tools: call, tool calls, results, and again. */
@NullMarked
package dev.tierway.application.tools;

import org.jspecify.annotations.NullMarked;
