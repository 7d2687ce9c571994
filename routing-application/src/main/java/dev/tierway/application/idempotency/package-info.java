/** Calls sent again under the same idempotency key: one call upstream, one answer, replayed to whoever asks again. */
@NullMarked
package dev.tierway.application.idempotency;

import org.jspecify.annotations.NullMarked;
