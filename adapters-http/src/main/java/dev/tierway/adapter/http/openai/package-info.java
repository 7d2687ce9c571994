/** The OpenAI chat dialect as clients speak it: finding one's way in a body, decoding it, encoding replies. */
@NullMarked
package dev.tierway.adapter.http.openai;

import org.jspecify.annotations.NullMarked;
