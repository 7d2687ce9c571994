package dev.tierway.adapter.http.server;

/** How an API's clients expect errors to look. */
public interface ErrorShape {
    /** OpenAI's, with the decision's id added. */
    ErrorShape OPENAI = (error, requestId) -> error.json();

    /** The JSON of one error, whether it is an answer's body or an event of a stream. */
    byte[] json(ErrorReply error, String requestId);
}
