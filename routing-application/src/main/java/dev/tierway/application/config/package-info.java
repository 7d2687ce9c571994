/** One configuration taking another's place: who ordered it, what became of it, what is kept of it. */
@NullMarked
package dev.tierway.application.config;

import org.jspecify.annotations.NullMarked;
