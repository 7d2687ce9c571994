/** The plugins that ship. */
@NullMarked
package dev.tierway.application.plugin.builtin;

import org.jspecify.annotations.NullMarked;
