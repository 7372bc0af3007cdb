package io.memoryreflector.reflection.offline;

import static io.memoryreflector.reflection.offline.FactRule.Shape.ANY;
import static io.memoryreflector.reflection.offline.FactRule.Shape.DATED_DEED;
import static io.memoryreflector.reflection.offline.FactRule.Shape.DEED;
import static io.memoryreflector.reflection.offline.FactRule.Shape.LANGUAGE;
import static io.memoryreflector.reflection.offline.FactRule.Shape.NAME;
import static io.memoryreflector.reflection.offline.FactRule.Shape.NONE;
import static io.memoryreflector.reflection.offline.FactRule.Shape.OCCUPATION;
import static io.memoryreflector.reflection.offline.FactRule.Shape.THING;

import java.util.List;

/** The table of what a clause about a person may say. The first rule that fits decides. */
final class FactRules {

    private static final String BE = "(?:am|is|are)";
    private static final String HAVE = "(?:have got|has got|have|has|had)";

    /** Read against a predicate without its adverbs, contractions spelt out. */
    static final List<FactRule> ALL = List.of(
            // where
            FactRule.of(
                            "(?:lives?|have been living|has been living|have lived|has lived|" + BE + " living|" + BE
                                    + " based|" + BE + " settled|resides?) (?:over )?in",
                            "lives_in",
                            "lives in %s",
                            NAME)
                    .one(),
            FactRule.of(
                            "(?:moved|relocated|" + HAVE + " moved|" + HAVE
                                    + " relocated) (?:back |over |here )?(?:from \\p{Lu}\\w{1,20} )?to",
                            "moved_to",
                            "moved to %s",
                            NAME)
                    .happening(),
            FactRule.of("moved (?:here )?from", "moved_from", "moved from %s", NAME),
            FactRule.of("(?:" + BE + "|comes?) (?:originally )?from", "from", "is from %s", NAME)
                    .one(),
            FactRule.of("(?:grew up|was raised) in", "grew_up_in", "grew up in %s", NAME)
                    .one(),
            FactRule.of("was born in (?=(?:19|20)\\d\\d)", "born_on", "was born in %s", ANY)
                    .one(),
            FactRule.of(
                            "was born (?:on|in) (?=\\d|(?:January|February|March|April|May|June|July|August|September|October|November|December))",
                            "born_on",
                            "was born on %s",
                            ANY)
                    .one(),
            FactRule.of("was born in", "born_in", "was born in %s", NAME).one(),
            FactRule.of("lives? with", "lives_with", "lives with %s", ANY),
            FactRule.of(
                            "do not live in|does not live in|no longer live in|no longer lives in|used to live in",
                            "lives_in",
                            "no longer lives in %s",
                            NAME)
                    .one()
                    .ended(),
            // work and study
            FactRule.of(
                            "no longer works? (?:at|for)|does not work (?:at|for)|do not work (?:at|for)|stopped working (?:at|for)|quit (?:my|her|his) job (?:at|with)|left (?:my|her|his) job at|used to work (?:at|for)",
                            "works_at",
                            "no longer works at %s",
                            ANY)
                    .one()
                    .ended(),
            FactRule.of("lost my job at|got laid off from|was laid off from", "works_at", "no longer works at %s", ANY)
                    .one()
                    .ended(),
            FactRule.of(
                            "no longer works? as|stopped working as|used to work as|used to be",
                            "works_as",
                            "no longer works as %s",
                            OCCUPATION)
                    .one()
                    .ended(),
            FactRule.of(
                            "works? as|" + BE + " working as|" + HAVE
                                    + " worked as|got (?:a|the|my) (?:new )?job as|started (?:working|a (?:new )?job|work) as|became|got promoted to|was promoted to",
                            "works_as",
                            "works as %s",
                            OCCUPATION)
                    .one(),
            FactRule.of(
                            "works? (?:at|for)|" + BE + " working (?:at|for)|" + BE
                                    + " employed (?:at|by)|started (?:working |work |a new job |a job |my new job )(?:at|for|with)|got (?:a|the) (?:new )?job (?:at|with)|joined (?=\\p{Lu})",
                            "works_at",
                            "works at %s",
                            ANY)
                    .one(),
            FactRule.of("works? in|" + BE + " working in", "works_in", "works in %s", ANY),
            FactRule.of(
                    "(?:study|studies|studied|" + BE + " studying|majored|" + BE + " majoring) (?:at)",
                    "studies_at",
                    "studies at %s",
                    NAME),
            FactRule.of(
                    "study|studies|studied|" + BE + " studying|majored in|" + BE + " majoring in",
                    "studies",
                    "studies %s",
                    ANY),
            FactRule.of("graduated from|" + HAVE + " graduated from", "graduated_from", "graduated from %s", ANY)
                    .happening(),
            FactRule.of("speaks?|" + BE + " fluent in", "speaks", "speaks %s", LANGUAGE),
            FactRule.of(BE + " learning (?:how )?to", "learns", "is learning to %s", DEED),
            FactRule.of(BE + " learning|started learning|started to learn", "learns", "is learning %s", ANY),
            FactRule.of(BE + " retired", "works_as", "is retired", NONE).one(),
            // health and diet
            FactRule.of(
                    BE + " (?:severely |very |really |highly |deathly )?allergic to|" + HAVE + " an? allergy to|" + HAVE
                            + " a (?:\\w{3,10} )?allergy to",
                    "allergic_to",
                    "is allergic to %s",
                    ANY),
            FactRule.of(HAVE + " an? (?=(?:\\w{3,12} ){1,2}allergy)", "allergic_to", "has a %s", ANY),
            FactRule.of(
                    "(?:" + BE
                            + "|have been|has been|became|went|turned) (?:a |an )?(?=(?:strict )?(?:vegetarian|vegan|pescatarian|flexitarian|gluten-free|lactose intolerant|lactose-intolerant|celiac|coeliac|keto)\\b)",
                    "diet",
                    "is %s",
                    ANY),
            FactRule.of(
                    "(?:was|got|has been|have been|" + BE + ") diagnosed with|suffers? from",
                    "has_condition",
                    "has %s",
                    ANY),
            FactRule.of(
                    HAVE
                            + " (?=(?:type \\w{1,3} )?(?:asthma|diabetes|migraines|arthritis|epilepsy|eczema|insomnia|anxiety|depression|adhd|ADHD|hypertension|high blood pressure)\\b)",
                    "has_condition",
                    "has %s",
                    ANY),
            FactRule.of(
                    BE
                            + " (?:a )?(?=(?:diabetic|asthmatic|epileptic|pregnant|colour-blind|color-blind|dyslexic|autistic|left-handed|deaf)\\b)",
                    "has_condition",
                    "is %s",
                    ANY),
            FactRule.of(
                    "do not eat|does not eat|never eats?|can not eat|avoids? eating|can not have",
                    "does_not_eat",
                    "does not eat %s",
                    ANY),
            FactRule.of("do not drink|does not drink|never drinks?", "does_not_drink", "does not drink %s", ANY),
            FactRule.of(
                    "quit|gave up|stopped(?= [a-z]{2,12}ing)|" + HAVE + " quit|" + HAVE + " given up",
                    "gave_up",
                    "gave up %s",
                    ANY),
            // likes and dislikes
            FactRule.of(
                    "(?:do|does|did|can) not (?:really |particularly |even )?(?:like|enjoy|love|stand|care for)|can not stand|hates?|dislikes?|detests?|"
                            + BE + " not (?:really )?(?:a (?:big |huge )?fan of|into|keen on)|never liked|loathes?",
                    "dislikes",
                    "dislikes %s",
                    ANY),
            FactRule.of(
                            "(?:would (?:really )?(?:like|love) to|wants? to|hopes? to|" + BE + " hoping to|dreams? of|"
                                    + BE
                                    + " dreaming of)(?! (?:know|hear|see (?:it|that|them)|say|ask|thank|tell|think|be able|help|keep|make (?:it|this|that)|do (?:it|this|that)|savou?r|see another|check|pass))",
                            "wants",
                            "wants to %s",
                            DEED)
                    .happening(),
            FactRule.of(
                    BE + " (?:really |very |so |terribly )?(?:scared|afraid|terrified|frightened) of",
                    "fears",
                    "is afraid of %s",
                    ANY),
            FactRule.of("prefers?|would (?:rather|prefer)", "prefers", "prefers %s", ANY),
            FactRule.of(
                    "(?:likes?|loves?|enjoys?|adores?)(?! to (?:know|think|say|see you|hear))|" + BE
                            + " (?:a )?(?:big |huge |massive |great )?(?:fan of|(?:getting )?into|keen on|fond of|obsessed with|passionate about|crazy about)|fell in love with",
                    "likes",
                    "likes %s",
                    ANY),
            // people
            FactRule.of(BE + " married to|married|got married to", "has_spouse", "is married to %s", NAME)
                    .one(),
            FactRule.of(BE + " engaged to", "has_fiance", "is engaged to %s", NAME)
                    .one(),
            FactRule.of(
                            "(?:" + BE
                                    + "|got) (?=(?:married|engaged|single|divorced|separated|widowed)(?: (?:now|again|last|in|on|since|this|two|three|a)\\b.{0,30})?[.!]*$)",
                            "marital_status",
                            "is %s",
                            ANY)
                    .one(),
            // having
            FactRule.of(
                    "(?:owns?|bought|purchased|" + HAVE
                            + " bought|got (?:myself )?a new|just got a|adopted|rescued|inherited)(?! (?:it|them|that|this|some)\\b)",
                    "owns",
                    "owns %s",
                    ANY),
            FactRule.of(HAVE + "(?= (?:an?|one|two|three|four|five|six|\\d{1,2}) )", "owns", "has %s", THING),
            FactRule.of("got (?=an? )", "owns", "has %s", THING),
            FactRule.of("(?:sold|got rid of|gave away)(?= (?:my|our|the) )", "owns", "no longer owns %s", THING)
                    .ended(),
            FactRule.of("(?:has |have )?(?:died|passed away)", "died", "died", NONE)
                    .one(),
            FactRule.of("gave birth to", "has_child", "gave birth to %s", ANY).happening(),
            FactRule.of(BE + " getting (?=(?:married|divorced|engaged)\\b)", "plans", "is getting %s", ANY)
                    .happening(),
            FactRule.of(BE + " training for", "trains_for", "is training for %s", ANY),
            FactRule.of("drives?(?= (?:an?|my) )", "owns", "drives %s", ANY),
            // age and birthday
            FactRule.of(
                            "(?:" + BE
                                    + "|just turned|turned) (?=\\d{1,3}(?: years old| now| yesterday| today| last| this|[.,!]|$))",
                            "age",
                            "is %s",
                            ANY)
                    .one(),
            // plans and what was done
            FactRule.of(
                            "(?:plans?|" + BE
                                    + " (?:currently )?(?:planning|going|thinking (?:of|about)|about|preparing|due)|will be|decided|"
                                    + HAVE
                                    + " decided|intends?) to(?! (?:an?|the|my|this|that|need|have|say|love|miss|keep|stay|continue|make (?:it|this|that|my dreams)|try|be|give it|do (?:it|this|that)|get there|win this|take a shot)\\b)",
                            "plans",
                            "plans to %s",
                            DEED)
                    .happening(),
            FactRule.of(BE + " going to (?=(?:an?|the|my|this) )", "plans", "is going to %s", ANY)
                    .happening(),
            FactRule.of(BE + " (?:currently )?planning (?:on )?(?:an? )?", "plans", "plans %s", ANY)
                    .happening(),
            FactRule.of(
                            BE
                                    + " (?=(?:visiting|flying|travelling|traveling|moving|driving|running|taking|starting|meeting|seeing|attending|hosting|leaving|performing|competing)\\b)",
                            "plans",
                            "is %s",
                            DATED_DEED)
                    .happening(),
            FactRule.of(
                            "signed up for|" + HAVE + " signed up for|registered for|enrolled in",
                            "signed_up_for",
                            "signed up for %s",
                            ANY)
                    .happening(),
            FactRule.of("joined|" + HAVE + " joined", "joined", "joined %s", ANY)
                    .happening(),
            FactRule.of(
                            "went to|attended|visited|travelled to|traveled to|flew to|" + HAVE
                                    + " been to|took a trip to|got back from|came back from",
                            "visited",
                            "%v %s",
                            ANY)
                    .happening(),
            FactRule.of(
                    "goe?s?(?= (?:hiking|running|swimming|camping|fishing|skiing|surfing|climbing|cycling|biking|dancing|jogging|sailing|diving|kayaking|bowling|bouldering|horseback))",
                    "does",
                    "goes %s",
                    ANY),
            FactRule.of(
                            "(?:went|took up|started)(?= (?:hiking|running|swimming|camping|fishing|skiing|surfing|climbing|cycling|biking|dancing|painting|cooking|yoga|pottery|gardening|jogging|sailing|knitting|boxing|diving|kayaking|meditating|bouldering))",
                            "does",
                            "%v %s",
                            ANY)
                    .happening(),
            FactRule.of("plays?(?! (?:a (?:big |huge )?(?:role|part)))", "plays", "plays %s", ANY),
            FactRule.of(HAVE + " been to", "visited", "has been to %s", NAME).happening(),
            FactRule.of(
                            "volunteers?(?: at| with| for)?|volunteered(?: at| with| for)?|" + BE
                                    + " volunteering(?: at| with| for)?",
                            "volunteers_at",
                            "%v %s",
                            ANY)
                    .happening(),
            FactRule.of(
                            "(?:started|launched|opened|founded|" + BE
                                    + " starting|run|runs)(?= (?:an? |my |our )(?:[\\p{L}-]{2,15} ){0,3}(?:business|company|shop|store|studio|restaurant|cafe|bakery|blog|podcast|club|farm|startup|agency))",
                            "runs",
                            "%v %s",
                            ANY)
                    .happening(),
            FactRule.of(
                            "won|finished|completed|passed|published|launched|opened|founded|" + HAVE
                                    + " (?:finished|completed|passed|published|won)",
                            "achieved",
                            "%v %s",
                            ANY)
                    .happening(),
            FactRule.of("read|" + HAVE + " read|" + BE + " reading|finished reading", "read", "read %s", NAME),
            FactRule.of("(?:applied|" + HAVE + " applied) (?:to|for)", "applied_to", "applied to %s", ANY)
                    .happening(),
            FactRule.of(
                            "(?:made|painted|built|wrote|baked|knitted|drew|designed)(?= (?:an?|my|our|some|two|three) )",
                            "made",
                            "%v %s",
                            ANY)
                    .happening(),
            FactRule.of("(?:ran|run)(?= (?:an?|the|my) )", "does", "%v %s", ANY).happening(),
            FactRule.of("mentors?(?= )", "mentors", "mentors %s", ANY),
            FactRule.of(
                            "(?:took|take|takes) (?=(?:my|our) (?:kids|son|daughter|family|fam|dog|mom|dad|parents|wife|husband|children) )",
                            "does",
                            "%v %s",
                            ANY)
                    .happening(),
            // being
            FactRule.of(BE + "(?= an? )", "works_as", "is %s", OCCUPATION).one(),
            FactRule.of("(?:" + BE + "|identif(?:y|ies) as)(?= an? )", "is", "is %s", ANY));

    private FactRules() {}
}
