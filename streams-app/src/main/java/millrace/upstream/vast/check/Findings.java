package millrace.upstream.vast.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What has been found so far, and where the check stands. Used by one check, on one thread. */
final class Findings {
    /** A document that is all wrong is known to be so by then. */
    private static final int MOST = 1000;

    private final List<Finding> all = new ArrayList<>();
    private final Set<String> notes = new HashSet<>();

    /** A place in the document. */
    record Place(int line, int column, String path) {
        Place in(String element, int atLine, int atColumn) {
            return new Place(atLine, atColumn, path.isEmpty() ? element : path + "/" + element);
        }
    }

    /** A note is said once a document, where it comes first: what it says holds for all of it. */
    void add(Place place, Severity severity, String message) {
        boolean isNew = severity != Severity.NOTE || notes.add(message);
        if (isNew && all.size() < MOST) {
            all.add(new Finding(place.line(), place.column(), severity, place.path(), message));
        }
    }

    /** By line, as they are read. */
    List<Finding> inOrder() {
        return all.stream()
                .sorted(Comparator.comparingInt(Finding::line)
                        .thenComparingInt(Finding::column)
                        .thenComparing(Finding::severity))
                .toList();
    }
}
