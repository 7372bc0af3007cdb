package io.memoryreflector.ingest;

import java.util.ArrayList;
import java.util.List;

/** Texts that are code somewhere: in Cypher, in Lucene's query language, for Redis, in paths, headers and templates. */
final class Payloads {

    private static final List<String> TEXTS = List.of(
            // Cypher
            "' OR 1=1 //",
            "') RETURN m //",
            "'}) MATCH (n) DETACH DELETE n //",
            "\"}) MATCH (n) RETURN n //",
            "` ) MATCH (n) RETURN n //",
            "$user",
            "{user_key: 'theirs/ada'}",
            "ada' UNION MATCH (m) RETURN m AS memory //",
            "\\' OR true //",
            "\\u0027 OR true //",
            "CALL db.labels()",
            "LOAD CSV FROM 'file:///etc/passwd' AS x RETURN x",
            "MATCH (n) SET n.user_key = 'ours/ada'",
            // Lucene
            "*",
            "*:*",
            "?",
            "user:theirs",
            "+text:* -nothing",
            "text:[* TO *]",
            "{* TO *}",
            "ada~0.1",
            "/.*/",
            "a OR b AND NOT (c",
            "\"unbalanced",
            "(((((",
            "^9999999999",
            "&& || !",
            "\\",
            "\\\\\\",
            "a\\:b",
            // Redis
            "ada\r\nFLUSHALL\r\n",
            "*1\r\n$8\r\nFLUSHALL\r\n",
            "theirs/ada",
            "../theirs/ada",
            "mr:turns:theirs/ada",
            "x mr:turns:theirs/ada",
            "ada*",
            "[a-z]*",
            "\u0000",
            "ada\u0000",
            "return redis.call('KEYS','*')",
            "\" .. redis.call('FLUSHALL') .. \"",
            // Paths
            "..",
            "../..",
            "..%2f..",
            "%2e%2e%2f",
            "..\\..",
            "/etc/passwd",
            "//theirs/ada",
            ";namespace=theirs",
            "ada;jsessionid=1",
            "ada?namespace=theirs",
            "ada#x",
            "ada/recall",
            "%00",
            "%",
            // Headers
            "x\r\nX-Injected: yes",
            "x\nX-Injected: yes",
            "x%0d%0aX-Injected:%20yes",
            "\u560d\u560aX-Injected: yes",
            // Elsewhere
            "${jndi:ldap://127.0.0.1:1/x}",
            "${7*7}",
            "#{T(java.lang.Runtime).getRuntime().exec('id')}",
            "{{7*7}}",
            "<script>alert(1)</script>",
            "'; DROP TABLE outbox; --",
            "\" OR \"\"=\"",
            "=cmd|' /C calc'!A0",
            "%s%s%n",
            "\u202eada",
            "a\u0301da",
            "\uff0e\uff0e\uff0f");

    private Payloads() {}

    /** Each as it is, behind a name, and in the place of the other namespace's user. */
    static List<String> all() {
        var all = new ArrayList<String>();
        for (var text : TEXTS) {
            all.add(text);
            all.add("ada" + text);
            all.add(text + "theirs/ada");
        }
        return all;
    }
}
