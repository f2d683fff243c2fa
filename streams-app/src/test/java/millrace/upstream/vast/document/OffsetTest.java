package millrace.upstream.vast.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetTest {

    @ParameterizedTest
    @CsvSource({"20%, 6100", "12.5%, 3812", "0%, 0", "100 %, 30500", "00:00:05, 5000", "00:00:05.250, 5250", "7, 7000"})
    void offsetFallsAtItsTime(String text, long millis) {
        assertThat(Offset.parse(text).map(offset -> offset.in(Duration.ofMillis(30_500))))
                .contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%", "-1%", "100.1%", "x%", "start"})
    void whatIsNoOffsetIsNone(String text) {
        assertThat(Offset.parse(text)).isEmpty();
    }

    @Test
    void categoriesOfOneElementAreToldApart() {
        assertThat(Category.codes(List.of(
                        new Category("a", "IAB7, IAB25-3,,"), new Category("b", " "), new Category("b", "AD CONT"))))
                .containsExactly("IAB7", "IAB25-3", "AD CONT");
    }
}
