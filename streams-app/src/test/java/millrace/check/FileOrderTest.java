package millrace.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FileOrderTest {

    @Test
    void faultsComeFileByFileAndFromTopToBottom() {
        assertThat(order("b.yaml:10:1", "a.yaml:2:1", "b.yaml:9:12", "b.yaml:9:3", "variable X", "a.yaml:1:1"))
                .containsExactly("b.yaml:9:3", "b.yaml:9:12", "b.yaml:10:1", "a.yaml:1:1", "a.yaml:2:1", "variable X");
    }

    @Test
    void faultsOfOnePlaceKeepTheirOrder() {
        List<Fault> faults = List.of(new Fault("x", "1"), new Fault("y", "2"), new Fault("x", "3"));

        assertThat(FileOrder.of(faults)).extracting(Fault::message).containsExactly("1", "3", "2");
    }

    private static List<String> order(String... places) {
        return FileOrder.of(Stream.of(places).map(place -> new Fault(place, "")).toList()).stream()
                .map(Fault::where)
                .toList();
    }
}
