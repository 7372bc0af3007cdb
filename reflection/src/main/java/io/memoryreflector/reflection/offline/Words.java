package io.memoryreflector.reflection.offline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import opennlp.tools.postag.POSModel;
import opennlp.tools.postag.ThreadSafePOSTaggerME;

/**
 * Splits a plain sentence into words and tags their parts of speech with OpenNLP's English model. Thread-safe; the model
 * is loaded once for the process.
 */
final class Words {

    private static final String MODEL = "/opennlp-en-ud-ewt-pos-1.3-2.5.4.bin";

    /** As the model's texts are split: marks stand alone, marks within a word do not. */
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}\\p{M}]+(?:['.&/_+-][\\p{L}\\p{N}\\p{M}]+)*|\\S");

    private Words() {}

    /** Loads the model, which takes about a second, if it is not there yet. */
    static void load() {
        of("Ready.");
    }

    /** The words and marks of a sentence, in order. */
    static List<Word> of(String sentence) {
        var found = WORD.matcher(sentence);
        var texts = new ArrayList<String>();
        var starts = new ArrayList<Integer>();
        while (found.find()) {
            texts.add(found.group());
            starts.add(found.start());
        }
        var tags = Loaded.TAGGER.tag(texts.toArray(String[]::new));
        var words = new ArrayList<Word>(texts.size());
        for (var i = 0; i < texts.size(); i++) {
            words.add(new Word(texts.get(i), tags[i], starts.get(i)));
        }
        return words;
    }

    /** Loads the model when the first sentence arrives. */
    private static final class Loaded {
        private static final ThreadSafePOSTaggerME TAGGER;

        static {
            try (var model = Words.class.getResourceAsStream(MODEL)) {
                TAGGER = new ThreadSafePOSTaggerME(new POSModel(model));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private Loaded() {}
    }
}
