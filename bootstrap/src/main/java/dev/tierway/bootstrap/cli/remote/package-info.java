/** How commands ask a running gateway. */
@NullMarked
package dev.tierway.bootstrap.cli.remote;

import org.jspecify.annotations.NullMarked;
