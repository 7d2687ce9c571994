/** The calls {@code tierway conformance} makes to see whether a replica can be relied on. They may be billed. */
@NullMarked
package dev.tierway.bootstrap.cli.conformance;

import org.jspecify.annotations.NullMarked;
