package dev.tierway.adapter.http.admin;

import dev.tierway.application.event.EventBus;
import dev.tierway.application.port.in.Authenticate;
import dev.tierway.application.port.in.ManageKeys;
import dev.tierway.application.port.in.OperateFleet;
import dev.tierway.application.port.in.QueryAgents;
import dev.tierway.application.port.in.QueryExperiments;
import dev.tierway.application.port.in.QueryFleet;
import dev.tierway.application.port.in.QueryHistory;
import dev.tierway.application.port.in.QueryLimits;
import dev.tierway.application.port.in.Reconfigure;
import dev.tierway.application.port.out.Entropy;
import dev.tierway.application.port.out.MonotonicClock;
import dev.tierway.application.port.out.WallClock;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the admin port shows.
 *
 * @param config the configuration in force, secrets absent
 * @param metrics Prometheus' text format, made when asked
 * @param version of Tierway
 * @param authenticate tells whose an API key is that came instead of the token
 */
public record AdminPorts(
        QueryFleet fleet,
        QueryLimits limits,
        QueryAgents agents,
        QueryExperiments experiments,
        QueryHistory history,
        OperateFleet operator,
        EventBus events,
        Reconfigure reconfigure,
        Supplier<? extends Map<String, ?>> config,
        Supplier<String> metrics,
        String version,
        MonotonicClock clock,
        WallClock wallClock,
        Entropy entropy,
        ManageKeys keys,
        Authenticate authenticate) {}
