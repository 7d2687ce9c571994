package dev.tierway.architecture.guilty.adapter.persistence;

abstract class AbstractStore {}
