package millrace.gateway.format;

import java.util.List;
import java.util.stream.Collectors;
import millrace.check.Fault;

/** Faults as a person reads them. */
final class Lines {
    private static final int MOST = 50;

    private Lines() {}

    static String of(List<Fault> faults) {
        String told = faults.stream().limit(MOST).map(Lines::of).collect(Collectors.joining("\n"));
        return faults.size() > MOST ? told + "\nand " + (faults.size() - MOST) + " more" : told;
    }

    private static String of(Fault fault) {
        return fault.where().isEmpty() ? fault.message() : fault.toString();
    }

    /** A value as a person is shown it: short, without control characters. */
    static String shown(String value) {
        StringBuilder text = new StringBuilder("'");
        value.codePoints().limit(40).forEach(c -> text.appendCodePoint(Character.isISOControl(c) ? '?' : c));
        return text.append(value.length() > 40 ? "…'" : "'").toString();
    }
}
