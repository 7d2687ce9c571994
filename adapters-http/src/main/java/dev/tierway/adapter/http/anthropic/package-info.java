/** Anthropic's Messages API as clients speak it: {@code POST /v1/messages}, its streams and its errors. */
@NullMarked
package dev.tierway.adapter.http.anthropic;

import org.jspecify.annotations.NullMarked;
