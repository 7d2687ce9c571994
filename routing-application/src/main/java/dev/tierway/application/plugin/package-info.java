/** Plugins and hooks: who may look at a call, change it, deny it or answer it, at which stage of it. */
@NullMarked
package dev.tierway.application.plugin;

import org.jspecify.annotations.NullMarked;
