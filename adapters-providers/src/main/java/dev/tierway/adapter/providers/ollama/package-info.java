/** Ollama's own chat API. */
@NullMarked
package dev.tierway.adapter.providers.ollama;

import org.jspecify.annotations.NullMarked;
