package io.memoryreflector.store.recall;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** Words of a text as they are compared: stemmed, without those that every dialogue is full of. Thread-safe. */
final class Terms {

    private static final CharArraySet STOP = new CharArraySet(
            List.of(
                    ("a about after again all also am an and any are aren't as at be because been before being but by can "
                                    + "can't could did didn't do does doesn't doing don't down during each few for from "
                                    + "further get go going gonna got had has have having he her here hers him his how i "
                                    + "i'd i'll i'm i've if in into is isn't it it's its itself just know let's like ll "
                                    + "make me more most my myself no nor not now of off oh ok okay on once only or other "
                                    + "our ours out over own really re s said same say she should so some such t than "
                                    + "thanks that that's the their them then there these they this those through to too "
                                    + "under until up us ve very was wasn't we well were what what's when where which "
                                    + "while who whom why will with won't would wow yeah yes you you're your yours")
                            .split(" ")),
            true);

    private static final Analyzer ANALYZER = new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String fieldName) {
            var tokenizer = new StandardTokenizer();
            var words = new StopFilter(new LowerCaseFilter(new EnglishPossessiveFilter(tokenizer)), STOP);
            return new TokenStreamComponents(tokenizer, new PorterStemFilter(words));
        }
    };

    private Terms() {}

    /** The terms of a text, in order and with repeats. */
    static List<String> of(String text) {
        var terms = new ArrayList<String>();
        try (var stream = ANALYZER.tokenStream("", text)) {
            var term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                terms.add(term.toString());
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return terms;
    }
}
