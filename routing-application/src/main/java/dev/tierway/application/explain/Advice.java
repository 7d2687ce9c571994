package dev.tierway.application.explain;

import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.routing.Refusal;

/** What to do next, for each way in which a call can fail. */
final class Advice {
    private Advice() {}

    static String of(Refusal.Reason reason, String decision) {
        return switch (reason) {
            case CAPACITY_EXHAUSTED -> "Retry later, or raise the limits";
            case NO_HEALTHY_REPLICA -> "Retry later; GET /v1/route/decisions/" + decision + " shows each reason";
            case BUDGET_EXCEEDED -> "Wait for the budget's next window, or raise it";
            case COST_UNKNOWN ->
                "A budget is enforced and nobody knows what the call may cost: configure the replica's price and its"
                        + " model's max-output-tokens, or send max_tokens";
            case POLICY_DENIED ->
                "Relax the call's options; GET /v1/route/decisions/" + decision + " shows which forbid whom";
            case UNSUPPORTED_PARAMETER ->
                "Leave out what is named, or ask for a provider that can express it (tierway providers tells which)";
            case CONTEXT_LENGTH_EXCEEDED -> "Shorten the input or lower max_tokens";
            case NO_CAPABLE_REPLICA ->
                "Ask for a tier or model that has what the request needs, or add one to the configuration";
        };
    }

    static String of(FailureClass last, String decision) {
        return switch (last) {
            case INVALID_REQUEST, CONTEXT_TOO_LONG, CONTENT_POLICY -> "Change the request";
            case ACCOUNT_EXHAUSTED -> "Top up the provider's account";
            case MISCONFIGURED -> "Check the replica's upstream-model and the account's rights to it";
            case ENDPOINT_NOT_OFFERED ->
                "Call POST /v1/chat/completions, or ask for a provider that has the endpoint (tierway providers tells"
                        + " which)";
            case CREDENTIAL -> "Check the provider's api-key";
            case RATE_LIMITED, OVERLOADED -> "Retry later, or add replicas";
            case UPSTREAM_FAULT, TRANSPORT, TIMEOUT, STREAM_BROKEN ->
                "Retry; GET /v1/route/decisions/" + decision + " shows every attempt";
            case CANCELLED -> "Send it again if it is still wanted";
            case INTERNAL -> "This is our fault: please report it with the decision's id " + decision;
        };
    }
}
