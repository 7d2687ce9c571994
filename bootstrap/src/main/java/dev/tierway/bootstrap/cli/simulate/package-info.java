/** What {@code tierway simulate} reads and shows. */
@NullMarked
package dev.tierway.bootstrap.cli.simulate;

import org.jspecify.annotations.NullMarked;
