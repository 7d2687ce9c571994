/** Scripted providers without key or network: in process, and as a loopback server that can be hostile. */
@NullMarked
package dev.tierway.adapter.providers.simulated;

import org.jspecify.annotations.NullMarked;
