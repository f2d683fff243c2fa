package millrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/verification.md names tests; each must be there, and be the only one of its name. */
class VerificationTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*Test)(?:#(\\w+))?`");

    @Test
    void everyTestThatIsNamedIsThereOnce() throws IOException {
        Map<String, List<Path>> tests = tests();
        Matcher named = NAMED.matcher(Files.readString(ROOT.resolve("docs/verification.md")));
        List<String> wrong = new ArrayList<>();
        int count = 0;
        while (named.find()) {
            count++;
            List<Path> found = tests.getOrDefault(named.group(1), List.of());
            if (found.size() != 1 || !holds(found.getFirst(), named.group(2))) {
                wrong.add(named.group());
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(count).isGreaterThan(100);
    }

    private static boolean holds(Path test, String method) throws IOException {
        return method == null || Files.readString(test).contains("void " + method + "(");
    }

    private static Map<String, List<Path>> tests() throws IOException {
        Map<String, List<Path>> tests = new TreeMap<>();
        for (String module : List.of("schemas", "streams-app", "connectors", "connectors/connect", "devkit")) {
            Path sources = ROOT.resolve(module).resolve("src/test/java");
            if (Files.isDirectory(sources)) {
                try (Stream<Path> files = Files.walk(sources)) {
                    files.filter(file -> file.toString().endsWith("Test.java")).forEach(file -> {
                        String name = file.getFileName().toString().replace(".java", "");
                        tests.computeIfAbsent(name, key -> new ArrayList<>()).add(file);
                    });
                }
            }
        }
        return tests;
    }
}
