package dev.tierway.adapter.persistence.memory;

import dev.tierway.adapter.persistence.OperatorStateContract;
import dev.tierway.application.port.out.OperatorState;

class MemoryOperatorStateTest implements OperatorStateContract {
    private final MemoryOperatorState state = new MemoryOperatorState();

    @Override
    public OperatorState state() {
        return state;
    }
}
