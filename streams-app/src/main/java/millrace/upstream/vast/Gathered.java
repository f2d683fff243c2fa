package millrace.upstream.vast;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import millrace.upstream.ErrorPing;
import millrace.upstream.http.Url;

/** Troubles met on a walk, and the calls that are owed for them. Lives for one walk. */
final class Gathered {
    /** Most pings of one resolution: a hostile document must not make a flood of us. */
    private static final int MAX_PINGS = 100;

    private final List<ErrorPing> pings = new ArrayList<>();
    private final Set<String> pinged = new HashSet<>();
    private Optional<Trouble> trouble = Optional.empty();

    /** Calls are owed to these Error templates with the trouble's code, and to the error trackers of the break they are in. */
    void add(Trouble why, WrapperPath path, Stream<String> templates) {
        owe(why.code(), path.macros(), templates);
        int told = path.wrappers().isEmpty() ? why.toldToBreak() : why.code();
        owe(told, path.macros().withErrorMessage(why.reason()), path.breakErrors().stream());
        boolean tellsMore = trouble.isEmpty()
                || (trouble.get().failure().isEmpty() && why.failure().isPresent());
        trouble = tellsMore ? Optional.of(why) : trouble;
    }

    private void owe(int code, Macros macros, Stream<String> templates) {
        Macros coded = macros.withErrorCode(code);
        templates.forEach(template -> {
            if (pings.size() < MAX_PINGS && pinged.add(template)) {
                String url = coded.expand(template);
                // Longer than any URL that is asked for, so nobody could ever call it.
                if (url.length() <= Url.MAX_LENGTH) {
                    pings.add(new ErrorPing(url, code));
                }
            }
        });
    }

    List<ErrorPing> pings() {
        return List.copyOf(pings);
    }

    /** The first failure, else the first reason for no ad. */
    Optional<Trouble> trouble() {
        return trouble;
    }
}
