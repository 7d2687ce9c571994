package dev.tierway.bootstrap.config;

/** Where in a file something stands, counted from 1. */
record Location(int line, int column) {
    /** The file as a whole. */
    static final Location WHOLE_FILE = new Location(0, 0);
}
