package io.memoryreflector.cli.interactions;

/** Who speaks, as the service names it. */
enum SpeakerRole {
    user,
    assistant,
    system,
    tool
}
