/** Azure OpenAI: OpenAI's dialect at other paths, with other credentials. */
@NullMarked
package dev.tierway.adapter.providers.azure;

import org.jspecify.annotations.NullMarked;
