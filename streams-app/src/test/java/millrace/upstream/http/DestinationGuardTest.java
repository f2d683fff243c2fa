package millrace.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationGuardTest {

    private static boolean permits(DestinationGuard guard, String host, int port, String address) {
        return !guard.permitted(host, port, List.of(InetAddress.ofLiteral(address)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1",
                "::ffff:10.0.0.1",
                "::ffff:0:10.0.0.1",
                "64:ff9b::10.0.0.1",
                "64:ff9b::169.254.169.254",
                "64:ff9b:1::8.8.8.8",
                "100::1",
                "2001::1",
                "2001:0:7f00:1::1",
                "2001:db8::1",
                "2002:0a00:0001::1",
                "2002:7f00:0001::1",
                "3fff::1",
                "4000::1",
                "5f00::1",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void addressesOffThePublicInternetAreRefused(String address) {
        assertThat(GlobalUnicast.contains(InetAddress.ofLiteral(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "100.63.255.255",
                "100.128.0.1",
                "172.15.255.255",
                "172.32.0.1",
                "192.0.1.1",
                "198.17.255.255",
                "198.20.0.1",
                "223.255.255.255",
                "::ffff:8.8.8.8",
                "64:ff9b::8.8.8.8",
                "2002:0808:0808::1",
                "2606:4700::1111",
                "2a00:1450::1"
            })
    void publicAddressesPass(String address) {
        assertThat(GlobalUnicast.contains(InetAddress.ofLiteral(address))).isTrue();
    }

    @Test
    void allowedHostMayHaveAnyAddressAndOnlyItsPort() {
        DestinationGuard guard = new DestinationGuard(List.of("Ads.internal:8080", "any.internal"));

        assertThat(permits(guard, "ads.internal", 8080, "10.0.0.1")).isTrue();
        assertThat(permits(guard, "ads.internal", 22, "10.0.0.1")).isFalse();
        assertThat(permits(guard, "any.internal", 22, "127.0.0.1")).isTrue();
        assertThat(permits(guard, "other.internal", 8080, "10.0.0.1")).isFalse();
    }

    @Test
    void allowedAddressesAndBlocksPassUnderAnyName() {
        DestinationGuard guard =
                new DestinationGuard(List.of("127.0.0.1:9000", "10.1.0.0/20", "[::1]:9000", "fd00::/8"));

        assertThat(permits(guard, "x.example", 9000, "127.0.0.1")).isTrue();
        assertThat(permits(guard, "x.example", 9001, "127.0.0.1")).isFalse();
        assertThat(permits(guard, "x.example", 80, "10.1.15.255")).isTrue();
        assertThat(permits(guard, "x.example", 80, "10.1.16.0")).isFalse();
        assertThat(permits(guard, "x.example", 9000, "::1")).isTrue();
        assertThat(permits(guard, "x.example", 9001, "::1")).isFalse();
        assertThat(permits(guard, "x.example", 1, "fd00::5")).isTrue();
    }

    @Test
    void onlyTheSafeAddressesOfANameAreHandedOut() {
        List<InetAddress> both = List.of(InetAddress.ofLiteral("10.0.0.1"), InetAddress.ofLiteral("8.8.8.8"));

        assertThat(new DestinationGuard(List.of()).permitted("x", 80, both))
                .containsExactly(InetAddress.ofLiteral("8.8.8.8"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "a b", "http://x/", "", "u@h", "h:99999"})
    void unreadableAllowanceIsRefusedWithItsText(String text) {
        assertThatThrownBy(() -> new DestinationGuard(List.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'");
    }
}
