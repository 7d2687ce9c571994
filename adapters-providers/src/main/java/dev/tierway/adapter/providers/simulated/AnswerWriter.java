package dev.tierway.adapter.providers.simulated;

import java.util.List;

/** Writes a simulated answer in some vendor's format. Of streams, whole server-sent events. */
interface AnswerWriter {
    /** The body of a whole answer. */
    byte[] unary();

    /** What a stream begins with, before any token. */
    byte[] opening();

    /** The events of one token. */
    List<byte[]> token(int index);

    /** What a stream ends with, its end mark included. */
    List<byte[]> closing();
}
