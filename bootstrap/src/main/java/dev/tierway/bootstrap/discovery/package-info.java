/** Servers of models on this machine: found by their usual ports, asked what they serve. */
@NullMarked
package dev.tierway.bootstrap.discovery;

import org.jspecify.annotations.NullMarked;
