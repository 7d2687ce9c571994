/** The OpenAI chat-completions dialect, as OpenAI and its many imitators speak it. */
@NullMarked
package dev.tierway.adapter.providers.openai;

import org.jspecify.annotations.NullMarked;
