package dev.tierway.domain.failure;

/** Whether the vendor has worked on an attempt that failed: decides what is charged. */
public enum Processed {
    NO,
    YES,
    UNKNOWN
}
