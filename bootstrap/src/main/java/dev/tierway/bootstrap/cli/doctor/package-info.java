/** What {@code tierway doctor} looks at. Nothing it does is billed. */
@NullMarked
package dev.tierway.bootstrap.cli.doctor;

import org.jspecify.annotations.NullMarked;
