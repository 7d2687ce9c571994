package dev.tierway.simulation;

import dev.tierway.simulation.world.FaultMix;
import dev.tierway.simulation.world.ReplicaTruth;

/** What a fault does to a replica while it lasts. */
sealed interface Effect {
    void begin(ReplicaTruth replica);

    void end(ReplicaTruth replica);

    /** Every attempt fails. */
    record Fails(FaultMix how) implements Effect {
        @Override
        public void begin(ReplicaTruth replica) {
            replica.mode(how);
        }

        @Override
        public void end(ReplicaTruth replica) {
            replica.mode(null);
        }
    }

    /** Every attempt takes that many times as long. */
    record Slow(double factor) implements Effect {
        @Override
        public void begin(ReplicaTruth replica) {
            replica.slow(factor);
        }

        @Override
        public void end(ReplicaTruth replica) {
            replica.slow(1);
        }
    }

    /** It costs that many times as much. */
    record Dear(double factor) implements Effect {
        @Override
        public void begin(ReplicaTruth replica) {
            replica.price(factor);
        }

        @Override
        public void end(ReplicaTruth replica) {
            replica.price(1);
        }
    }

    /** It is taken down. */
    record Gone() implements Effect {
        @Override
        public void begin(ReplicaTruth replica) {
            replica.present(false);
        }

        @Override
        public void end(ReplicaTruth replica) {
            replica.present(true);
        }
    }

    /** It exists only then. */
    record There() implements Effect {
        @Override
        public void begin(ReplicaTruth replica) {
            replica.present(true);
        }

        @Override
        public void end(ReplicaTruth replica) {
            replica.present(false);
        }
    }
}
