/** The command line. One class per command; none of them decides anything about calls. */
@NullMarked
package dev.tierway.bootstrap.cli;

import org.jspecify.annotations.NullMarked;
