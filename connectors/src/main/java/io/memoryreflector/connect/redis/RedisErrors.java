package io.memoryreflector.connect.redis;

import io.memoryreflector.connect.sink.Blame;
import io.memoryreflector.connect.sink.Outages;
import java.util.List;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** What Redis' errors say about whose fault they are: pure. */
final class RedisErrors {

    /** A Redis that loads its data, has no room, no disk or no master for the moment, or does not let us in. */
    private static final List<String> OF_THE_SERVER = List.of(
            "LOADING",
            "OOM",
            "READONLY",
            "MISCONF",
            "BUSY",
            "MASTERDOWN",
            "CLUSTERDOWN",
            "TRYAGAIN",
            "MOVED",
            "ASK",
            "NOREPLICAS",
            "NOAUTH",
            "WRONGPASS",
            "NOPERM",
            "ERR max number of clients");

    private RedisErrors() {}

    static Blame blame(RuntimeException error) {
        if (error instanceof JedisDataException) {
            return isOfTheServer(String.valueOf(error.getMessage())) ? Blame.SERVER : Blame.RECORD;
        }
        return error instanceof JedisException || Outages.isNoAnswer(error) ? Blame.SERVER : Blame.RECORD;
    }

    /** What fails inside of a script has its code in the middle of the message, after a dash. */
    private static boolean isOfTheServer(String message) {
        return OF_THE_SERVER.stream().anyMatch(code -> message.startsWith(code) || message.contains("-" + code + " "));
    }
}
