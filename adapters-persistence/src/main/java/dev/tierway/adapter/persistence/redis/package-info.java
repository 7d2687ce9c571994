/** Limits shared by several instances, in Redis or Valkey. */
@NullMarked
package dev.tierway.adapter.persistence.redis;

import org.jspecify.annotations.NullMarked;
