package dev.tierway.application.toolaccess;

import dev.tierway.application.error.ToolAccessDeniedException;
import dev.tierway.application.port.out.AttemptMemo;
import dev.tierway.application.port.out.AuditEntry;
import dev.tierway.application.port.out.AuditLog;
import dev.tierway.application.port.out.Entropy;
import dev.tierway.application.port.out.QuotaStore;
import dev.tierway.application.port.out.Reservation;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Holds callers to {@code agents.tools}. Every denial goes into the audit trail. */
public final class ToolAccess {
    private static final Amounts ONE_USE = new Amounts(1, 0, 0, NanoUsd.ZERO);

    private final QuotaStore quota;
    private final AuditLog audit;
    private final WallClock clock;
    private final Entropy entropy;
    private final String instance;
    private final Consumer<Throwable> trouble;
    private volatile ToolRules rules;

    /** @param trouble hears when a denial couldn't be written down */
    public ToolAccess(
            ToolRules rules,
            QuotaStore quota,
            AuditLog audit,
            WallClock clock,
            Entropy entropy,
            String instance,
            Consumer<Throwable> trouble) {
        this.rules = rules;
        this.quota = quota;
        this.audit = audit;
        this.clock = clock;
        this.entropy = entropy;
        this.instance = instance;
        this.trouble = trouble;
    }

    /** Takes other rules; usage is kept by the ids of limits. */
    public void swap(ToolRules next) {
        rules = next;
    }

    public ToolRules inForce() {
        return rules;
    }

    /** Why it may not use the tool; null if it may. Takes nothing, and isn't written down. */
    public @Nullable String denial(String tool, Who who) {
        return rules.denial(tool, who.agent());
    }

    /**
     * Those of the tools a call offers that it may not.
     *
     * @throws ToolAccessDeniedException if such calls are to be refused
     */
    public List<String> deniedOf(List<String> offered, Who who) {
        ToolRules now = rules;
        List<String> denied = new ArrayList<>(0);
        String why = "";
        for (String tool : offered) {
            String words = now.denial(tool, who.agent());
            if (words != null) {
                denied.add(tool);
                why = words;
                log(tool, who, "offered: " + words);
            }
        }
        if (!denied.isEmpty() && now.offered() == ToolRules.WhenOffered.REFUSE) {
            throw new ToolAccessDeniedException(denied, why);
        }
        return denied;
    }

    /** Why the model may not have what it asked for, written down; null if it may, as far as lists go. */
    public @Nullable String deniedCall(String tool, Who who) {
        String why = rules.denial(tool, who.agent());
        if (why != null) {
            log(tool, who, "asked for by the model: " + why);
        }
        return why;
    }

    /** Takes one use of a tool off its limits. Completes with why it may not be used now; with null if it may. */
    public CompletionStage<@Nullable String> take(String tool, Who who) {
        List<Descriptor> descriptors = new ArrayList<>(0);
        for (ToolLimit limit : rules.limits()) {
            if (limit.tools().matches(tool)) {
                descriptors.addAll(limit.of(who));
            }
        }
        if (descriptors.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        AttemptId use = new AttemptId("tool_" + Long.toUnsignedString(entropy.nextLong(), 36), 1);
        return quota.reserve(new Reservation(descriptors, ONE_USE, memo(use, who)))
                .thenCompose(result -> switch (result) {
                    case QuotaStore.Result.Granted granted ->
                        quota.settle(use, ONE_USE)
                                .thenCompose(done -> quota.finish(use.callId()))
                                .thenApply(done -> (String) null);
                    case QuotaStore.Result.Denied(var binding, var retryAfterNanos, var available) -> {
                        String why = words(binding, retryAfterNanos);
                        log(tool, who, why);
                        yield CompletableFuture.<@Nullable String>completedFuture(why);
                    }
                });
    }

    private static String words(Descriptor binding, @Nullable Long retryAfterNanos) {
        return "its limit of " + binding.limit().amount() + " uses is used up"
                + (retryAfterNanos == null
                        ? ""
                        : "; in " + Math.max(1, retryAfterNanos / 1_000_000_000) + " s it isn't");
    }

    private AttemptMemo memo(AttemptId use, Who who) {
        return new AttemptMemo(
                use,
                use.callId(),
                new ReplicaId("tools/tools"),
                new ProviderId("tools"),
                new ModelId("tools"),
                clock.epochMillis(),
                who.key(),
                who.agent(),
                null,
                null,
                Map.of(),
                null);
    }

    private void log(String tool, Who who, String why) {
        AuditEntry entry =
                new AuditEntry(clock.epochMillis(), instance, who.words(), "tool", "denied", "tool", tool, why, null);
        audit.append(entry).whenComplete((done, error) -> {
            if (error != null) {
                trouble.accept(error);
            }
        });
    }
}
