/** How results look on a terminal: aligned tables, decisions in words, JSON, YAML. */
@NullMarked
package dev.tierway.bootstrap.cli.show;

import org.jspecify.annotations.NullMarked;
