package millrace.devkit.chaos;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What goes wrong in a run, in the order in which {@code --list} shows it. */
enum Fault {
    KILL(13, "kill -9 of an instance; the others take over, then it comes back"),
    REVIVE(10, "kill -9 of an instance, restarted in place at once"),
    KILLS(13, "kill -9 of every instance, one after the other before the first is back"),
    RESTART(9, "clean stop of an instance and start"),
    SCALE(20, "all instances but one leave, three run, two run, then as many as before"),
    PAUSE(14, "SIGSTOP of an instance beyond its session timeout, then SIGCONT"),
    BROKER(11, "kill -9 of the broker and restart on its data"),
    SWAP(9, "a campaign is topped up, paused, resumed, cut below what is spent, topped up again"),
    UPSTREAMS(0, "upstreams hang, drip, reset, answer 500, malformed and oversized bodies, in turn"),
    JOURNAL(0, "every upstream hangs and a burst of requests fills the in-flight journal"),
    POISON(0, "records on every input topic that cannot be read"),
    DUPLICATES(0, "requests and events come twice and out of order, all the time"),
    CLOCK(0, "clients' times are wrong, and the first instance's clock is off, all the time");

    private final int seconds;
    private final String description;

    Fault(int seconds, String description) {
        this.seconds = seconds;
        this.description = description;
    }

    /** As {@code --faults} has it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String description() {
        return description;
    }

    /** How long nothing else may stop a process or change a campaign; zero for those that go on beside the others. */
    Duration alone() {
        return Duration.ofSeconds(seconds);
    }

    boolean isAlone() {
        return seconds > 0;
    }

    /** From the beginning to the end of a run, with no time of its own. */
    boolean isConstant() {
        return this == DUPLICATES || this == CLOCK;
    }

    /** @throws IllegalArgumentException if a word is none of them */
    static List<Fault> parse(String words) {
        return Arrays.stream(words.split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .map(Fault::of)
                .distinct()
                .toList();
    }

    private static Fault of(String word) {
        return Arrays.stream(values())
                .filter(fault -> fault.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("fault '" + word + "' is unknown; there are "
                        + Arrays.stream(values()).map(Fault::word).collect(Collectors.joining(", "))));
    }
}
