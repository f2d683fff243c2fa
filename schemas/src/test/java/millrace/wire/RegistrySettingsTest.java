package millrace.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrySettingsTest {

    @ParameterizedTest
    @ValueSource(strings = {"ftp://h", "h:8081", "http://h?x=1", "http://h#x", "http:///path", ""})
    void urlThatIsNoBaseUrlIsRefused(String url) {
        assertThatThrownBy(() -> RegistrySettings.of(url)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://kim:hunter2@h:8081", "http://kim:hunter2@bad host", "http://kim:hunter2@h_x:8081"})
    void urlWithAPasswordIsRefusedWithoutShowingIt(String url) {
        assertThatThrownBy(() -> RegistrySettings.of(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    void totalTimeoutStaysBelowTheTransactionTimeout() {
        RegistrySettings settings = RegistrySettings.of("http://h");

        assertThatThrownBy(() ->
                        settings.withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(3)))
                .hasMessageContaining("3000 ms, must be below the transaction timeout");
    }

    @Test
    void mockRegistryIsSharedByName() {
        RegistrySettings settings = RegistrySettings.of("mock://shared");

        assertThat(SchemaRegistry.open(settings)).isSameAs(InMemorySchemaRegistry.named("shared"));
    }

    @Test
    void mockRegistryStandsAlone() {
        assertThatThrownBy(() -> RegistrySettings.of("mock://a", "http://h")).hasMessageContaining("stands alone");
    }
}
