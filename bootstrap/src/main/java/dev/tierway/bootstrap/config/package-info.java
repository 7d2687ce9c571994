/** Configuration: one strict YAML or JSON file, read into {@link dev.tierway.GatewayConfig} with all its problems at once. */
@NullMarked
package dev.tierway.bootstrap.config;

import org.jspecify.annotations.NullMarked;
