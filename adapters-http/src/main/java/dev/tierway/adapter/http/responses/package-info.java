/** OpenAI's responses as clients speak them, without anything kept between two. */
@NullMarked
package dev.tierway.adapter.http.responses;

import org.jspecify.annotations.NullMarked;
