package dev.tierway.application.port.out;

import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.VendorLimit;

/**
 * A vendor's word on one of its limits.
 *
 * @param descriptor a learned limit: under which it is counted
 */
public record VendorObservation(Descriptor descriptor, VendorLimit seen) {}
