package millrace.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientsTest {
    private final Clients clients = new Clients(List.of("10.0.0.0/8", "2001:db8::/32"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.9 | 198.51.100.1 | 203.0.113.9",
                "10.1.2.3 | 198.51.100.1 | 198.51.100.1",
                "10.1.2.3 | 198.51.100.66, 198.51.100.1 | 198.51.100.1",
                "10.1.2.3 | 198.51.100.1, 10.9.9.9 | 198.51.100.1",
                "10.1.2.3 | 10.9.9.9 | 10.9.9.9",
                "10.1.2.3 | 2001:db8:0:0:0:0:0:7 | 2001:db8:0:0:0:0:0:7",
                "2001:db8:0:0:0:0:0:1 | [2606:4700:0:0:0:0:0:1] | 2606:4700:0:0:0:0:0:1",
            })
    void addressIsTheLastThatNoProxyOfOursHas(String connected, String forwarded, String client) {
        assertThat(clients.address(InetAddress.ofLiteral(connected), forwarded)).isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource({"unknown", "1.2.3", "fe80::1%eth0", "198.51.100.1:443", "$(id)", "''", "1.2.3.4.5"})
    void whatIsNoAddressIsNotBelieved(String forwarded) {
        assertThat(clients.address(InetAddress.ofLiteral("10.1.2.3"), "198.51.100.1," + forwarded))
                .isEqualTo("10.1.2.3");
    }

    @Test
    void withoutProxiesNoHeaderIsBelieved() {
        assertThat(new Clients(List.of()).address(InetAddress.ofLiteral("127.0.0.1"), "198.51.100.1"))
                .isEqualTo("127.0.0.1");
    }

    @Test
    void householdOfIpv6IsOneClient() {
        String first = InetAddress.ofLiteral("2606:4700:1:2::1").getHostAddress();
        String second = InetAddress.ofLiteral("2606:4700:1:2:ffff::1").getHostAddress();
        String neighbour = InetAddress.ofLiteral("2606:4700:1:3::1").getHostAddress();

        assertThat(Clients.limitedAs(first))
                .isEqualTo(Clients.limitedAs(second))
                .isNotEqualTo(Clients.limitedAs(neighbour));
    }

    @Test
    void proxyThatIsNoAddressIsRefused() {
        assertThatThrownBy(() -> new Clients(List.of("10.0.0.0/99"))).hasMessageContaining("10.0.0.0/99");
    }
}
