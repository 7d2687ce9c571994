package dev.tierway.application.service;

import dev.tierway.application.port.in.CallHandle;

/** A running call that an operator's hold on its caller ends. */
interface Haltable extends CallHandle {
    void halt(String why);
}
