/** Gemini: Google's Generative Language API and Vertex AI, which speak one dialect behind different doors. */
@NullMarked
package dev.tierway.adapter.providers.google;

import org.jspecify.annotations.NullMarked;
