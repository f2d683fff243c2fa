package millrace.devkit.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import millrace.schemas.AdRequest;
import millrace.wire.RecordClasses;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AudienceTest {
    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-06-01T12:00:00Z"));

    @BeforeAll
    static void recordsMayBeMade() {
        RecordClasses.trust(AdRequest.class);
    }

    private static List<AdRequest> requests(long seed) {
        Audience audience = new Audience(60, "run", seed, NOON);
        return Stream.generate(audience::next).limit(500).toList();
    }

    @Test
    void asksTheSameForTheSameSeedAndOtherwiseForAnother() {
        assertThat(requests(1)).isEqualTo(requests(1)).isNotEqualTo(requests(2));
    }

    @Test
    void idsAreUnique() {
        assertThat(requests(1)).extracting(AdRequest::getId).doesNotHaveDuplicates();
    }

    @Test
    void someViewersAskSoOftenThatTheyMeetTheirCapsAndOthersHardlyEver() {
        List<Long> perViewer = requests(1).stream()
                .collect(Collectors.groupingBy(request -> request.getUser().getId(), Collectors.counting()))
                .values()
                .stream()
                .sorted()
                .toList();

        assertThat(perViewer).hasSizeBetween(50, 60);
        assertThat(perViewer.getFirst()).isLessThan(5);
        assertThat(perViewer.getLast()).isGreaterThan(20);
    }
}
