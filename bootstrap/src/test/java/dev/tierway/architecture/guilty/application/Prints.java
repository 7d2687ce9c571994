package dev.tierway.architecture.guilty.application;

final class Prints {
    void print(String text) {
        System.out.println(text);
    }
}
