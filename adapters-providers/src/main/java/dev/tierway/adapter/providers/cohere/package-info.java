/** Cohere's chat API, version 2. */
@NullMarked
package dev.tierway.adapter.providers.cohere;

import org.jspecify.annotations.NullMarked;
