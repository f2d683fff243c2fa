package millrace.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CookiesTest {

    @Test
    void newerCookieReplacesAnOlderOfItsNameAndIsTheNewest() {
        Cookies cookies =
                Cookies.NONE.with(Map.of("a", "1")).with(Map.of("b", "2")).with(Map.of("a", "3"));

        assertThat(cookies.byName()).containsExactly(Map.entry("b", "2"), Map.entry("a", "3"));
    }

    @Test
    void emptyValueRemovesACookie() {
        assertThat(Cookies.NONE.with(Map.of("a", "1")).with(Map.of("a", "")).byName())
                .isEmpty();
    }

    @Test
    void fiftyFirstCookieDropsTheOldest() {
        Cookies cookies = Cookies.NONE;
        for (int i = 0; i <= Cookies.MAX_COUNT; i++) {
            cookies = cookies.with(Map.of("c" + i, "v"));
        }

        assertThat(cookies.byName()).hasSize(50).doesNotContainKey("c0").containsKeys("c1", "c50");
    }

    @Test
    void allTogetherStayBelowTheirTotal() {
        Cookies cookies = Cookies.NONE;
        for (int i = 0; i < 10; i++) {
            cookies = cookies.with(Map.of("c" + i, "v".repeat(4000)));
        }

        assertThat(cookies.byName()).containsOnlyKeys("c6", "c7", "c8", "c9");
    }

    @Test
    void cookieIsMeasuredInBytes() {
        assertThat(Cookies.NONE.with(Map.of("c", "é".repeat(2047))).byName()).hasSize(1);
        assertThat(Cookies.NONE.with(Map.of("c", "é".repeat(2048))).byName()).isEmpty();
    }

    @Test
    void unfitCookieLeavesTheOldOne() {
        assertThat(Cookies.NONE.with(Map.of("a", "1")).with(Map.of("a", "2\n")).byName())
                .isEqualTo(Map.of("a", "1"));
    }
}
