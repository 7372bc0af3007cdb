package io.memoryreflector.systemtests.eval;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

/** Lucene's own BM25 with its defaults over the messages, each for itself. One thread. */
final class LexicalBaseline implements Ranking {

    private static final String TEXT = "text";
    private static final int LIMIT = 100;

    private final List<LabelledConversation.Turn> turns;
    private final Analyzer analyzer;
    private final IndexSearcher searcher;

    /** @param analyzer of messages and questions */
    LexicalBaseline(LabelledConversation conversation, Analyzer analyzer) {
        this.turns = conversation.turns();
        this.analyzer = analyzer;
        try {
            var directory = new ByteBuffersDirectory();
            try (var writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
                for (var turn : turns) {
                    var document = new Document();
                    document.add(new TextField(TEXT, Messages.text(turn), Field.Store.NO));
                    writer.addDocument(document);
                }
            }
            this.searcher = new IndexSearcher(DirectoryReader.open(directory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<RankedItem> rank(LabelledConversation.Question question) {
        try {
            var query = new BooleanQuery.Builder();
            terms(question.text())
                    .forEach(term -> query.add(new TermQuery(new Term(TEXT, term)), BooleanClause.Occur.SHOULD));
            var ranked = new ArrayList<RankedItem>();
            for (var found : searcher.search(query.build(), LIMIT).scoreDocs) {
                ranked.add(Messages.item(turns.get(found.doc)));
            }
            return ranked;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Set<String> terms(String text) throws IOException {
        var terms = new HashSet<String>();
        try (var stream = analyzer.tokenStream(TEXT, text)) {
            var term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                terms.add(term.toString());
            }
            stream.end();
        }
        return terms;
    }
}
