package dev.tierway.adapter.providers.simulated;

/** What a provider can do to us. Over a socket each is done to the byte; in process, what it comes to. */
public enum SimulatedFault {
    /** Answers with an error status: 429, 500, 503, 401, … */
    STATUS("P17-P21", Effect.REFUSE),
    /** Resets the connection. */
    RESET("P5", Effect.CUT),
    /** Closes the connection in order, but in the middle. */
    CLOSE("P6", Effect.CUT),
    /** Sends its headers a byte every second. */
    SLOW_HEADERS("P7", Effect.SILENCE),
    /** Sends its body a byte every second. */
    DRIP("P8", Effect.SILENCE),
    /** Falls silent. */
    STALL("P9", Effect.SILENCE),
    /** Never stops. */
    ENDLESS("P10", Effect.ENDLESS),
    /** Ends its body in order, but without finish reason and {@code [DONE]}. */
    TRUNCATED("P11", Effect.CUT),
    /** Sends every byte of its body by itself. */
    SPLIT_PACKETS("P12", Effect.NONE),
    /** Sends keep-alive comments and nothing else. */
    COMMENTS_ONLY("P13", Effect.SILENCE),
    /** Sends an error under HTTP 200. */
    ERROR_IN_200("P14", Effect.NONSENSE),
    /** Sends something that isn't JSON. */
    GARBAGE("P15", Effect.NONSENSE),
    /** Sends JSON that stops in the middle, in a reply that says it is complete. */
    HALF_JSON("P15", Effect.NONSENSE),
    WRONG_CONTENT_TYPE("P16", Effect.NONSENSE),
    /** Sends a body, or one event, without end. */
    HUGE_BODY("P22", Effect.NONSENSE),
    /** Sends a header of a megabyte. */
    HUGE_HEADER("P22", Effect.NONSENSE),
    /** Compresses what nobody asked to be compressed. */
    GZIP("P23", Effect.NONSENSE),
    /** Sends bytes that are no UTF-8, and a NUL. */
    BROKEN_TEXT("P24", Effect.NONSENSE),
    /** Sends two different content lengths. */
    CONFLICTING_HEADERS("P25", Effect.NONSENSE),
    /** Sends its harmless headers twice. */
    DUPLICATE_HEADERS("P25", Effect.NONE),
    REDIRECT("P26", Effect.NONSENSE),
    /** Refuses with its status while the request is still on its way, and reads no further. */
    EARLY_REPLY("P27", Effect.REFUSE),
    NO_USAGE("P28", Effect.NO_USAGE),
    NEGATIVE_USAGE("P28", Effect.NO_USAGE),
    ABSURD_USAGE("P28", Effect.NO_USAGE),
    /** Reports usage twice, first too little. */
    USAGE_TWICE("P28", Effect.NONE),
    /** Names another model in its reply. */
    WRONG_MODEL("P29", Effect.NONE),
    /** Numbers all tool calls of a stream 0. */
    TOOLS_ALL_INDEX_0("P31", Effect.NONE),
    /** Cuts a tool's name in two. */
    SPLIT_TOOL_NAME("P31", Effect.NONE);

    /** What it comes to where there is no socket. */
    enum Effect {
        REFUSE,
        CUT,
        SILENCE,
        ENDLESS,
        NONSENSE,
        NO_USAGE,
        NONE
    }

    private final String catalogueNumber;
    private final Effect effect;

    SimulatedFault(String catalogueNumber, Effect effect) {
        this.catalogueNumber = catalogueNumber;
        this.effect = effect;
    }

    /** Its number in the fault catalogue of the design. */
    public String catalogueNumber() {
        return catalogueNumber;
    }

    Effect effect() {
        return effect;
    }
}
