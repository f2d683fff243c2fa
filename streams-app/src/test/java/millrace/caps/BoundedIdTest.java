package millrace.caps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class BoundedIdTest {

    @Test
    void idsUpTo256BytesStayAsTheyAre() {
        assertThat(BoundedId.of("")).isEmpty();
        assertThat(BoundedId.of("a".repeat(256))).isEqualTo("a".repeat(256));
        assertThat(BoundedId.of("é".repeat(128))).isEqualTo("é".repeat(128));
        assertThat(BoundedId.of("😀".repeat(64))).isEqualTo("😀".repeat(64));
        assertThat(BoundedId.of("€".repeat(85))).isEqualTo("€".repeat(85));
    }

    @Test
    void longerIdsAreTheirHashAndStayDifferent() {
        String one = BoundedId.of("a".repeat(257));
        String other = BoundedId.of("a".repeat(258));

        assertThat(one).startsWith("sha256:").hasSize(71).isNotEqualTo(other);
        assertThat(BoundedId.of("€".repeat(86))).startsWith("sha256:");
        assertThat(BoundedId.of("😀".repeat(65))).startsWith("sha256:");
        assertThat(BoundedId.of(one)).isEqualTo(one);
    }

    @Test
    void idsThatUtf8CannotWriteStayDifferent() {
        assertThat(BoundedId.of("a\ud83d")).startsWith("sha256:").isNotEqualTo(BoundedId.of("a\ud83e"));
        assertThat(BoundedId.of("\ude00a")).startsWith("sha256:");
    }

    @Test
    void subjectBoundsItsIds() {
        CapSubject subject = new CapSubject("c", "x".repeat(5000), "a", "p", "u");

        assertThat(subject.creative()).startsWith("sha256:");
    }

    @Test
    void exposureBefore1970IsRefused() {
        assertThatThrownBy(() ->
                        Exposure.reserved(Instant.ofEpochMilli(-1), CapSubject.beforeTheAnswer("c", "a", "p"), 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1970");
    }
}
