/** {@code tierway demo}: a whole gateway with simulated vendors, called over real sockets and explained. */
@NullMarked
package dev.tierway.bootstrap.demo;

import org.jspecify.annotations.NullMarked;
