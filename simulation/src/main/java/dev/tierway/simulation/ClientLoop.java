package dev.tierway.simulation;

import dev.tierway.simulation.baseline.Balancer;
import dev.tierway.simulation.baseline.Outcome;
import dev.tierway.simulation.baseline.Ride;
import dev.tierway.simulation.world.Exchange;
import dev.tierway.simulation.world.FaultKind;
import dev.tierway.simulation.world.Request;

/**
 * Runs a whole baseline or an oracle: tries what it picks until one answers or it gives up. Its attempts have the same
 * clocks as production's, its clients the same patience; nothing is tried again after the first token.
 */
final class ClientLoop implements Contender {
    private final Stage stage;
    private final Chooser chooser;

    ClientLoop(Stage stage, Chooser chooser) {
        this.stage = stage;
        this.chooser = chooser;
    }

    @Override
    public void configure(Configuration now) {
        chooser.configure(stage.fleet().backends(now));
    }

    @Override
    public void begin(Request request) {
        new Call(request).advance();
    }

    private final class Call implements Exchange.Client {
        private final Request request;
        private final Ride ride;

        Call(Request request) {
            this.request = request;
            this.ride = new Ride(request.call(), stage.luck().ofCall(request.call()));
        }

        void advance() {
            long now = stage.time().nowNanos();
            int replica = now < lastStartNanos() ? chooser.pick(ride, request, now) : Balancer.GIVE_UP;
            switch (replica) {
                case Balancer.GIVE_UP -> stage.log().failed(request.call(), now);
                case Balancer.WAIT -> stage.time().at(ride.wakeAtNanos(), this::advance);
                default -> {
                    ride.sent(replica);
                    chooser.sent(replica, now);
                    stage.upstreams().send(replica, ride.attempts(), request, stage.limits(replica, request), this);
                }
            }
        }

        private long lastStartNanos() {
            return stage.log().begunAt(request.call())
                    + stage.fleet().plan().policy().timeouts().spill().toNanos();
        }

        @Override
        public void firstToken(Exchange exchange) {}

        @Override
        public void ended(Exchange exchange) {
            long now = stage.time().nowNanos();
            FaultKind fault = exchange.fault();
            long first = exchange.fate().firstNanos();
            chooser.ended(
                    exchange.replica(),
                    new Outcome(
                            fault == null,
                            fault == null ? 200 : fault.status(),
                            exchange.fate().retryAfterMillis(),
                            first,
                            now - exchange.sentNanos()),
                    now);
            if (fault == null) {
                stage.log().delivered(request.call(), exchange.firstTokenNanos(), now);
            } else if (first >= 0) {
                stage.log().failed(request.call(), now);
            } else {
                advance();
            }
        }
    }
}
