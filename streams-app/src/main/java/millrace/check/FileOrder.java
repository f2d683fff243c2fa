package millrace.check;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts faults in the order in which somebody who corrects them meets them: file by file as they came, from top to bottom. */
public final class FileOrder {
    private static final Pattern PLACE = Pattern.compile("(?<file>.*):(?<line>[0-9]{1,9}):(?<column>[0-9]{1,9})");

    private record Placed(Fault fault, String file, int line, int column) {}

    private FileOrder() {}

    public static List<Fault> of(List<Fault> faults) {
        Map<String, Integer> files = new LinkedHashMap<>();
        List<Placed> placed = faults.stream().map(FileOrder::placed).toList();
        placed.forEach(fault -> files.putIfAbsent(fault.file(), files.size()));
        return placed.stream()
                .sorted(Comparator.comparing((Placed fault) -> files.getOrDefault(fault.file(), 0))
                        .thenComparingInt(Placed::line)
                        .thenComparingInt(Placed::column))
                .map(Placed::fault)
                .toList();
    }

    private static Placed placed(Fault fault) {
        Matcher place = PLACE.matcher(fault.where());
        return place.matches()
                ? new Placed(
                        fault,
                        place.group("file"),
                        Integer.parseInt(place.group("line")),
                        Integer.parseInt(place.group("column")))
                : new Placed(fault, fault.where(), 0, 0);
    }
}
