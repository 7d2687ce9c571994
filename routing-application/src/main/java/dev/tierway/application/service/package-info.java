/** The use cases and the driver that runs a call. */
@NullMarked
package dev.tierway.application.service;

import org.jspecify.annotations.NullMarked;
