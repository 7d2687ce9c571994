package dev.tierway.application.plugin;

import dev.tierway.application.chat.NeutralRequest;
import dev.tierway.application.port.in.CallCommand;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One call, as plugins see it. */
public final class PluginCall {
    private final String callId;
    private final Map<Plugin, Object> kept = new ConcurrentHashMap<>();
    private volatile CallCommand command;
    private volatile Map<String, String> headers = Map.of();
    private volatile boolean cacheAsked;

    public PluginCall(String callId, CallCommand command) {
        this.callId = callId;
        this.command = command;
    }

    /** Also the decision's id. */
    public String callId() {
        return callId;
    }

    /** The call as it stands, after the plugins before this one. */
    public CallCommand command() {
        return command;
    }

    /** What is asked, in neutral types: decoded when first asked for. */
    public NeutralRequest request() {
        return command.payload().neutral();
    }

    /** All text of the messages, a line feed after each part. */
    public String text() {
        return command.details().text(Integer.MAX_VALUE);
    }

    public boolean stream() {
        return command.facts().stream();
    }

    /** Whose call it is: nothing that is kept for one tenant may ever reach another. */
    public String tenant() {
        return Tenant.of(command);
    }

    /** Remembers something for this plugin's later stages of this call. */
    public void keep(Plugin plugin, Object value) {
        kept.put(plugin, value);
    }

    /** What the plugin remembered; null if nothing of that type. */
    public <T> @Nullable T kept(Plugin plugin, Class<T> type) {
        Object value = kept.get(plugin);
        return type.isInstance(value) ? type.cast(value) : null;
    }

    /** The response cache was asked, and has no answer. */
    public void cacheMissed() {
        cacheAsked = true;
    }

    /** Whether a response cache was asked in vain. */
    public boolean isCacheMissed() {
        return cacheAsked;
    }

    /** What the plugins so far want to be sent to vendors. */
    public Map<String, String> headers() {
        return headers;
    }

    /** Another call goes on. */
    public void change(RequestVerdict.Change change) {
        if (change.routed()) {
            command = ChangedCall.of(command, change);
        }
        if (!change.headers().isEmpty()) {
            Map<String, String> all = new LinkedHashMap<>(headers);
            all.putAll(change.headers());
            headers = Collections.unmodifiableMap(all);
        }
    }
}
