package millrace.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static Headers headers(String parent, String state) {
        return new RecordHeaders()
                .add("correlation", new byte[] {1, 2})
                .add("traceparent", parent.getBytes(UTF_8))
                .add("tracestate", state.getBytes(UTF_8));
    }

    @Test
    void callIsASpanOfItsOwnInTheSameTrace() {
        TraceContext trace = TraceContext.of(PARENT, "vendor=1").orElseThrow();

        assertThat(trace.child(0x1234)).isEqualTo("00-0af7651916cd43dd8448eb211c80319c-0000000000001234-01");
        assertThat(trace.child(0)).as("no span is all zero").doesNotContain("-0000000000000000-");
        assertThat(trace.state()).isEqualTo("vendor=1");
    }

    @Test
    void ofAVersionToComeIsReadWhatIsKnown() {
        assertThat(TraceContext.of(PARENT.replaceFirst("00", "cc") + "-what-comes-later", ""))
                .contains(new TraceContext(PARENT, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "0af7651916cd43dd8448eb211c80319c",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319g-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
                "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01more",
                "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\nx: y",
                "00-０af7651916cd43dd8448eb211c80319-b7ad6b7169203331-01",
            })
    void malformedParentIsNoTrace(String parent) {
        assertThat(TraceContext.of(parent, "vendor=1")).isEmpty();
        assertThat(TraceHeaders.read(headers(parent, "vendor=1"))).isEmpty();
    }

    @Test
    void parentLongerThanAnyIsNotRead() {
        assertThat(TraceContext.of("cc" + PARENT.substring(2) + "-" + "x".repeat(300), ""))
                .isEmpty();
        assertThat(TraceHeaders.read(headers(PARENT + "-" + "x".repeat(100_000), "")))
                .isEmpty();
    }

    @Test
    void stateIsLeftOutWhenItIsMalformedOrTooLong() {
        for (String bad : new String[] {"a=1\r\nx: y", "a=\u0000", "a=é", " ", "a".repeat(513), "a".repeat(100_000)}) {
            assertThat(TraceContext.of(PARENT, bad)).contains(new TraceContext(PARENT, ""));
            assertThat(TraceHeaders.read(headers(PARENT, bad))).contains(new TraceContext(PARENT, ""));
        }
    }

    @Test
    void headersOfARecordLoseOnlyWhatIsMalformed() {
        Headers good = headers(PARENT, "vendor=1");
        Headers badState = headers(PARENT, "\n");
        Headers bad = headers("no parent", "vendor=1");

        assertThat(TraceHeaders.cleaned(good, TraceHeaders.read(good)))
                .as("nothing is copied")
                .isSameAs(good);
        assertThat(TraceHeaders.cleaned(badState, TraceHeaders.read(badState)).toArray())
                .extracting(header -> header.key())
                .containsExactly("correlation", "traceparent");
        assertThat(TraceHeaders.cleaned(bad, TraceHeaders.read(bad)).toArray())
                .extracting(header -> header.key())
                .containsExactly("correlation");
        assertThat(bad.toArray()).as("what came is not changed").hasSize(3);
    }

    @Test
    void recordWithoutATraceCostsNoHeaders() {
        Headers untraced = new RecordHeaders().add("correlation", new byte[] {1});

        assertThat(TraceHeaders.read(untraced)).isEmpty();
        assertThat(TraceHeaders.cleaned(untraced, Optional.empty())).isSameAs(untraced);
        assertThat(TraceHeaders.of(Optional.empty())).isSameAs(TraceHeaders.of(Optional.empty()));
        assertThat(TraceHeaders.of(Optional.empty())).isEmpty();
    }
}
