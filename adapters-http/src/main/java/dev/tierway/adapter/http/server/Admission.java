package dev.tierway.adapter.http.server;

/** Finds out who asks, before anything of a request's body is read. */
public interface Admission {
    /** Lets everybody in. */
    Admission EVERYBODY = (exchange, open) -> {};

    /**
     * Tells the exchange who asks.
     *
     * @param open whether what is asked for answers those who don't say who they are
     * @throws HttpProblem if the request may not be routed at all
     */
    void admit(Exchange exchange, boolean open);
}
