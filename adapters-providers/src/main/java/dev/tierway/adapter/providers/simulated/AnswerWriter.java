package dev.tierway.adapter.providers.simulated;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a simulated answer in one vendor's format, with the faults that are in the JSON itself. */
interface AnswerWriter {
    /** The whole answer. */
    byte[] unary();

    /** The event a stream begins with. */
    byte[] role();

    /** The events of one token. */
    List<byte[]> token(int index);

    byte[] finishChunk();

    /** What a stream says of its usage, if it was asked. */
    List<byte[]> usageChunks();

    /** What ends a stream; null if its format has no such mark. */
    byte @Nullable [] endMark();
}
