/** Anthropic's Messages API: {@code POST /v1/messages}, unary and streamed. */
@NullMarked
package dev.tierway.adapter.providers.anthropic;

import org.jspecify.annotations.NullMarked;
