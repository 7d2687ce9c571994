package dev.tierway.adapter.providers.usage;

/** What a number in a vendor's report counts. */
enum Part {
    INPUT,
    OUTPUT,
    /** Of everything: only compared with. */
    TOTAL,
    CACHED_INPUT,
    CACHE_WRITE,
    /** Of what is written to a cache: what stays there for an hour. */
    CACHE_WRITE_HOUR,
    AUDIO_INPUT,
    IMAGE_INPUT,
    REASONING,
    AUDIO_OUTPUT,
    IMAGE_OUTPUT
}
