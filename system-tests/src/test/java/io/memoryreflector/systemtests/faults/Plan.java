package io.memoryreflector.systemtests.faults;

import io.memoryreflector.systemtests.faults.agent.Behaviour;
import java.time.Duration;
import java.util.List;

/**
 * One run.
 *
 * @param name of the run, letters and digits: the first part of its ids and users
 * @param seed from which the faults follow
 * @param interactions that are sent, those that are sent twice counted once
 * @param faults in their order, at even distances over the interactions
 * @param behaviour of the reflector
 * @param longest after this time nothing more is sent and no more fault comes
 * @param patience after this time without any movement, what has not arrived counts as lost
 */
record Plan(
        String name,
        long seed,
        int interactions,
        List<Fault> faults,
        Behaviour behaviour,
        Duration longest,
        Duration patience) {}
