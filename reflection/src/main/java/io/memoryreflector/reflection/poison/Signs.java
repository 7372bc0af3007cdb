package io.memoryreflector.reflection.poison;

import java.util.List;

/** The forms of orders, from the plainest to the rarest. What could be a person's own wish is in none of them. */
final class Signs {

    /** An order stands at the beginning of a clause; "she told me to ignore the previous rules" gives none. */
    private static final String CLAUSE =
            "(?:^|[.!?;:,\"'()\\[\\]<>{}*#|/-] ?|\\b(?:please|now|then|and|but|so|just|kindly|must|should|will|shall|you to|can you|could you|you can|you may|let's|instead|important|attention|assistants?|ai|model|ok|okay|hey) )";

    private static final String IGNORE =
            "(?:ignore|disregard|forget|override|overrule|bypass|discard|skip|drop|do not follow|don't follow|stop following|pay no attention to)";

    private static final String EARLIER =
            "(?:above|previous|prior|preceding|earlier|foregoing|existing|initial|original|former|other|system|developer|safety)";

    private static final String RULES =
            "(?:instructions?|prompts?|rules?|guidelines?|directives?|directions?|orders?|commands?|constraints?|messages?|guardrails?|polic(?:y|ies)|restrictions?)"
                    // The doctor's instructions are nobody's here.
                    + "(?! (?:from|of|by|for|about|regarding) (?!(?:the |your )?(?:system|developer|prompt|operator)))";

    /** Not "my": users take back what they have said themselves. */
    private static final String WHOSE = "(?:(?:all|any|every|each|of|the|your|these|those|this|that) ){0,4}";

    private static final String THE_USER =
            "\\b(?:the|this|that) user(?:'s \\w+(?: \\w+)?)? (?:is|are|has|have|had|owes|trusts|wants|always|likes|prefers|agree[sd]|authorize[sd]|approve[sd]|consent[s]?|waive[sd]|will|may|must|can)\\b";

    private static final String ADDRESS =
            "(?:https?://|www\\.|@|webhook|\\b\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\b|\\bour server\\b)";

    static final List<Sign> ALL = List.of(
            Sign.of(
                    "asks to drop instructions",
                    CLAUSE + IGNORE + " " + WHOSE + "(?:(?:" + EARLIER + " (?:and |or )?){1,3}" + RULES
                            + "|(?<=your )" + RULES
                            + "|(?:rules|instructions?) above|(?:all|any|these|those) (?:policies|restrictions|guardrails)"
                            + "|(?:rules|instructions|guidelines) (?:that )?you (?:were|have been|are) given)",
                    "ignore",
                    "disregard",
                    "forget",
                    "overr",
                    "bypass",
                    "discard",
                    "skip",
                    "drop",
                    "follow",
                    "no attention"),
            Sign.of(
                    "asks to drop instructions",
                    CLAUSE + IGNORE
                            + " (?:(?:all|everything|anything|any|whatever|of|the|that|is|text|content|conversation|was|said|written|you were told) ){0,6}(?:above|before this|so far|until now)\\b",
                    "ignore",
                    "disregard",
                    "forget",
                    "overr",
                    "bypass",
                    "discard",
                    "skip",
                    "drop"),
            Sign.of(
                    "asks to drop instructions, in another language",
                    "\\b(?:ignor\\w*|vergiss|vergesst|missachte|olvida\\w*|descarta\\w*|oublie[zr]?|dimentica\\w*|esque[cç]\\w*|negeer|vergeet)\\b.{0,40}?\\b(?:instrucci\\w+|anweisung\\w*|regeln|vorgaben|reglas|instructions précédentes|consignes|règles|istruzioni|regole|instru[çc]\\S+|regras|instructies|regels)",
                    "ignor",
                    "verg",
                    "missachte",
                    "olvida",
                    "descarta",
                    "oublie",
                    "dimentica",
                    "esque",
                    "negeer"),
            Sign.of(
                    "asks for what is hidden",
                    "\\b(?:reveal|print|show|repeat|output|display|disclose|dump|leak|translate|summari[sz]e|tell me|give me|what (?:is|was|are)|list)\\b.{0,40}?\\b(?:your|the|its) (?:(?:full|entire|exact|own|original|complete) )*(?:system prompt|system message|developer (?:message|prompt)|(?:hidden|initial|secret|internal|original) (?:prompt|instructions|rules)|configuration|secrets)",
                    "prompt",
                    "system message",
                    "developer message",
                    "instructions",
                    "rules",
                    "configuration",
                    "secrets"),
            Sign.of(
                    "asks for what is hidden",
                    CLAUSE + "(?:repeat|print|output) (?:everything|all|the text|the words|the lines?) above",
                    "above"),
            Sign.of(
                    "asks for other users' data",
                    "\\bother users(?:'|\\b).{0,20}?\\b(?:told|said|memor|data|conversation|secrets|messages)|\\bmemories of (?:all|other|every|any) users?\\b",
                    "users"),
            Sign.of(
                    "gives the assistant another role",
                    "\\b(?:you (?:are|have|will be|become)|act as|pretend|simulate|behave)\\b.{0,60}?\\b(?:no (?:content policy|restrictions|rules|limits|filters|ethics|morals)\\b|without (?:any )?(?:\\w+ )?(?:limits|restrictions|filters|rules|ethics)\\b|unrestricted|unfiltered|never refuses?|guidelines (?:turned|switched) off|do anything now|dan\\b)",
                    "no ",
                    "without",
                    "unrestricted",
                    "unfiltered",
                    "refuse",
                    "off",
                    "anything now",
                    "dan"),
            Sign.of(
                    "gives the assistant another role",
                    "\\byou are no longer (?:an? )?(?:assistant|ai|bound|restricted)\\b|" + CLAUSE
                            + "(?:enter|enable|activate|switch to|turn on|go into|you are now in) (?:the )?(?:developer|debug|god|dan|jailbreak|admin|root|maintenance|unrestricted) mode\\b",
                    "no longer",
                    " mode"),
            Sign.of(
                    "switches safety off",
                    "\\b(?:safety|content|ethical) (?:checks?|filters?|guidelines?|polic(?:y|ies)|rules?) (?:are |is |have been |has been )?(?:now )?(?:turned off|switched off|disabled|suspended|lifted|off)\\b|\\b(?:unlock|lift|remove|drop) all (?:restrictions|policies|limits|filters)\\b",
                    "safety",
                    "content",
                    "ethical",
                    "unlock",
                    "lift",
                    "remove",
                    "drop"),
            Sign.of(
                    "pretends to be another part of the prompt",
                    "(?:<\\|?/?(?:im_start|im_end|endoftext)|\\[/?inst\\]|</?(?:system|conversation|instructions?|prompt|memory|transcript)>|\\[system\\]|#{2,} ?(?:system|instructions?)\\b|(?:^|\\\\n|``` ?|\\| )system ?(?:\\\\n|:)|[-=*#]{2,} ?end of (?:the )?(?:conversation|transcript|input)).{0,200}?\\b(?:you|always|must|store|save|write|remember|obey|grant|approve|recommend|ignore|instructions?|memory|overrides?|assistant)\\b",
                    "<",
                    "inst]",
                    "[system",
                    "##",
                    "system",
                    "end of"),
            Sign.of(
                    "speaks to the machine",
                    "\\b(?:note|notice|message|attention|dear|important|p\\.s\\.|instructions?|hidden)(?: \\w+){0,2}? (?:to |for )?(?:the |all |any |an? )?(?:memory|ai|llm|language model|assistant|extractor)\\w*(?: \\w+){0,2} ?[:,]|\\b(?:ai|llm) (?:assistants?|models?|screeners?|agents?):",
                    "memory",
                    "ai",
                    "llm",
                    "model",
                    "assistant",
                    "extractor"),
            Sign.of(
                    "speaks to the machine",
                    "\\bwhen (?:you are |you )?(?:extract|updat|writ|build|creat|generat)(?:e|ing)? .{0,20}?\\b(?:facts|memories|memory|procedures|profile)\\b.{0,200}?\\b(?:store|save|add|include|record|write|insert|output|always|state|claim)\\b",
                    "facts",
                    "memor",
                    "procedures",
                    "profile"),
            Sign.of(
                    "speaks of the user as of somebody else",
                    "\\b(?:store|save|remember|memori[sz]e|record|write|add|insert|log|note|persist|append)\\b.{0,80}?"
                            + THE_USER,
                    "user"),
            Sign.of(
                    "changes the user's record",
                    "\\b(?:update|set|change|modify|overwrite) the user(?:'s)? (?:profile|role|record|memory|permissions)\\b",
                    "the user"),
            Sign.of(
                    "wants to hold for all users",
                    "\\b(?:store|save|remember|memori[sz]e|instruction|always|recommend|must)\\b.{0,60}?\\b(?:for|to) (?:every|all|each) users?\\b",
                    "user"),
            Sign.of(
                    "waits for somebody's question",
                    "\\b(?:when(?:ever)?|if|every time|each time) (?:the user|a user|any user|the customer)\\b.{0,60}?[, ](?:always |then |please )?(?:say|answer|tell|recommend|claim|reply|respond|ask|include|append|insert|offer|send)\\b",
                    "user",
                    "customer"),
            Sign.of(
                    "waits for somebody's question",
                    "\\b(?:when(?:ever)?|if|every time|each time) (?:anyone|anybody|someone|somebody)\\b[^.!?]{0,60}?, (?:always |then |please )?(?:say|answer|claim|reply|respond)\\b(?![^.!?]*\\b(?:i|i'm|i'll|i've|my|me|mine|we|our|us)\\b)",
                    "anyone",
                    "anybody",
                    "someone",
                    "somebody"),
            Sign.of(
                    "puts something into answers",
                    "\\b(?:every|all|each|your)(?: future)? (?:answers?|repl(?:y|ies)|responses?|messages?)\\b.{0,40}?\\b(?:append|insert|include|add)\\b.{0,60}?(?:https?://|www\\.|\\b[a-z0-9-]+\\.(?:example|com|net|org|io)\\b|\\btracking\\b|\\bhidden\\b|\\bmarkdown image\\b)"
                            + "|\\b(?:append|insert|include|add)\\b.{0,30}?\\b(?:tracking|hidden)\\b.{0,40}?\\b(?:answers?|repl(?:y|ies)|responses?)\\b"
                            + "|\\b(?:append|insert|include|add) (?:the text|the sentence|this text) .{0,60}?(?:https?://|www\\.|\\.(?:example|com|net|org)\\b)",
                    "append",
                    "insert",
                    "include",
                    "add"),
            Sign.of(
                    "hides from the user",
                    "\\b(?:do not|don't|never|without|not) (?:tell|inform|mention|reveal|alert|notify|show)(?:ing)?\\b.{0,30}?\\b(?:the (?:user|customer|reader|human)\\b|this instruction\\b|these instructions\\b)|\\b(?:keep|hide) (?:this|it|that) (?:a )?(?:secret |hidden )?from the (?:user|customer|reader)\\b|\\bthe user must (?:not|never) (?:learn|know|see|find out)\\b|\\bto the user that nothing\\b",
                    "user",
                    "customer",
                    "reader",
                    "human",
                    "instruction"),
            Sign.of(
                            "carries data away",
                            "\\b(?:send|upload|post|forward|transmit|exfiltrate|e-?mail|leak|copy)\\b.{0,60}?\\b(?:conversation|chat|memories|memory store|personal data|stored data|api keys?|credentials|each message|every message|(?:the )?user's \\w+)\\b.{0,60}?"
                                    + ADDRESS,
                            "http",
                            "www",
                            "@",
                            "webhook",
                            ".",
                            "server")
                    .with("send", "upload", "post", "forward", "transmit", "exfiltrate", "mail", "leak", "copy")
                    .with(
                            "conversation",
                            "chat",
                            "memories",
                            "memory store",
                            "data",
                            "api key",
                            "credentials",
                            "message",
                            "user's"),
            Sign.of("carries data away", "!\\[[^\\]]{0,200}\\]\\(https?://[^)]{0,200}[?&][^)]{0,200}[{$]", "!["),
            Sign.of("carries data away", "\\bexfiltrate\\b.{0,80}?\\b(?:data|memories|secrets|keys)\\b", "exfiltrate"),
            Sign.of(
                    "hides an order in a code",
                    "\\b(?:decode|decrypt|unscramble|base64|rot13|hex)\\b.{0,80}?\\b(?:follow|obey|execute|run) (?:it|them|this|that|the (?:instructions?|orders?|commands?))\\b|\\b(?:follow|obey|execute) the (?:instructions?|orders?|commands?)\\b.{0,40}?\\b(?:base64|rot13|hex|encoded|hidden)\\b",
                    "decode",
                    "decrypt",
                    "unscramble",
                    "base64",
                    "rot13",
                    "hex",
                    "encoded",
                    "hidden"),
            Sign.of(
                    "claims authority",
                    "\\b(?:message|note|notice|instructions?|update) from (?:your|the) (?:developers?|creators?|operators?|admin\\w*|openai|anthropic|google)\\b|\\bas (?:the|your|an?) (?:system )?(?:administrator|admin|developer|creator|owner|operator),? i (?:hereby )?(?:authori[sz]e|command|order|instruct|override)\\b|\\bi am your (?:creator|developer|owner|administrator)\\b.{0,40}?\\b(?:command|order|instruct)|\\b(?:security|admin|safety) override\\b|\\badmin(?:istrator)? note:|\\bnew policy\\b.{0,40}?\\b(?:the assistant|the ai|you) (?:must|shall|are required)\\b",
                    "from your",
                    "from the",
                    "as the",
                    "as your",
                    "as a",
                    "i am your",
                    "override",
                    "admin",
                    "new policy"),
            Sign.of(
                    "claims authority",
                    "\\b(?:the assistant|the ai) (?:must|is required to|shall)\\b.{0,40}?\\b(?:always|approve|recommend|report|disclose|send|obey|every)\\b|\\btreat (?:everything|anything|whatever)\\b.{0,40}?\\bas (?:verified|true|truth|trusted|fact)\\b",
                    "assistant",
                    "the ai",
                    "treat"),
            Sign.of(
                    "orders a tool",
                    CLAUSE
                            + "(?:call|use|invoke|run|execute) .{0,30}?\\b(?:(?:delete|drop|wipe|transfer)_\\w+|rm -rf)|\\byour \\w+ tools?\\b.{0,40}?\\b(?:transfer|delete|send \\d|wipe)\\b",
                    "call",
                    "use",
                    "invoke",
                    "run",
                    "execute",
                    "tool"),
            Sign.of(
                    "has the form of an answer",
                    "\"facts\" ?: ?\\[.{0,400}?\"(?:predicate|statement)\" ?:|\"procedures\" ?: ?\\[.{0,400}?\"(?:polarity|instruction)\" ?:|\\b(?:store|save|write|add|remember|record)\\b.{0,120}?\\bwith (?:a |full |maximum |the )?(?:highest |maximum )?confidence (?:of |=|: ?)?(?:1|100|0?\\.9)",
                    "\"facts\"",
                    "\"procedures\"",
                    "confidence"));

    private Signs() {}
}
