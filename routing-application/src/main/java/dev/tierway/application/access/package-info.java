/** Who calls, and what an API key lets them do. */
@NullMarked
package dev.tierway.application.access;

import org.jspecify.annotations.NullMarked;
