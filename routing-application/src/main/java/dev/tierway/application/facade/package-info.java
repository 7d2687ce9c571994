/** The Java API over the in-ports: blocking, asynchronous, streaming. */
@NullMarked
package dev.tierway.application.facade;

import org.jspecify.annotations.NullMarked;
