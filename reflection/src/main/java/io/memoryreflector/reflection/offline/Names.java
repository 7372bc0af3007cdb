package io.memoryreflector.reflection.offline;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds the capitalised names in a text: people, places, organisations, titles. */
final class Names {

    private static final Pattern NAME = Pattern.compile(
            "(?<![\\p{L}\\p{N}'])\\p{Lu}[\\p{L}\\p{N}]{1,30}(?:[ -]\\p{Lu}[\\p{L}\\p{N}]{1,30}){0,3}(?![\\p{L}\\p{N}])");

    /** Capitalised without being names: words that open sentences, exclamations. */
    private static final Set<String> NO_NAMES = Set.copyOf(List.of(
            ("the a an and but or so if when while what who why how where which that this these those there here it its"
                            + " he she we you they my your our their his her in on at to for from with of by as is are"
                            + " was were be been do does did have has had can could will would should may might must"
                            + " not no yes yeah yep yup nope ok okay oh ah wow hey hi hello thanks thank thx good great nice cool"
                            + " awesome amazing sure well now then just also really very absolutely definitely totally"
                            + " congrats congratulations sorry please sounds glad happy love like take keep let lets"
                            + " looking look see seeing talk hope hopefully maybe never always after before since"
                            + " because still some any all every each one two three four five today tomorrow yesterday"
                            + " last next being having going been got getting for it's i'm that's what's im bye haha lol"
                            + " hmm aw aww cheers alright right exactly true same remember call use answer write make"
                            + " tell give show check first second third finally lastly everyone everything something"
                            + " anything nothing people things such more most much many doing spending makes thought"
                            + " recently actually honestly btw by don't didn't can't won't about once until though"
                            + " although unless however another both few other only even too are is")
                    .split(" ")));

    private static final int MOST = 20;

    private Names() {}

    /** At most 20 names, each once, in the text's order. */
    static List<String> in(String text) {
        var names = new LinkedHashSet<String>();
        var matcher = NAME.matcher(text);
        while (matcher.find() && names.size() < MOST) {
            var name = withoutFirstCommonWords(matcher.group());
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return new ArrayList<>(names);
    }

    private static String withoutFirstCommonWords(String name) {
        var rest = name;
        while (!rest.isEmpty() && NO_NAMES.contains(rest.split("[ -]", 2)[0].toLowerCase(Locale.ROOT))) {
            var parts = rest.split("[ -]", 2);
            rest = parts.length == 2 ? parts[1] : "";
        }
        return rest;
    }
}
