/** The engine and the gateway as running things. */
@NullMarked
package dev.tierway.bootstrap;

import org.jspecify.annotations.NullMarked;
