package millrace.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import millrace.schemas.AdRequest;
import millrace.schemas.Device;
import millrace.schemas.User;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserKeyTest {

    @Test
    void userIdComesBeforeDeviceIdBeforeSessionId() {
        assertThat(UserKey.of(request("u", "d", "s"))).contains(new UserKey("u"));
        assertThat(UserKey.of(request(null, "d", "s"))).contains(new UserKey("d"));
        assertThat(UserKey.of(request(null, null, "s"))).contains(new UserKey("s"));
        assertThat(UserKey.of(request(null, null, null))).isEmpty();
        assertThat(UserKey.of(Requests.request("r").build())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "0",
                "0000",
                "00000000-0000-0000-0000-000000000000",
                "{00000000-0000-0000-0000-000000000000}",
                "ffffffff-ffff-ffff-ffff-ffffffffffff",
                "FFFFFFFFFFFFFFFF",
                "1111-1111-1111",
                "00:00:00:00:00:00",
                "02:00:00:00:00:00",
                "---",
                "-1",
                "unknown",
                "UNKNOWN",
                " Null ",
                "undefined",
                "(null)",
                "NaN",
                "n/a",
                "[object Object]",
                "[DEVICEID]",
                "{ifa}",
                "${IFA}",
                "%%ADVERTISING_ID%%",
                "__IDFA__",
                "9774d56d682e549c",
                "d41d8cd98f00b204e9800998ecf8427e",
                "B602D594AFD2B0B327E07A06F36CA6A7E42546D0",
                "a\nb",
                "a\0b",
            })
    void idThatManyShareCountsAsNone(String shared) {
        assertThat(UserKey.of(request(shared, "d", null))).contains(new UserKey("d"));
        assertThat(UserKey.of(request(null, shared, "s"))).contains(new UserKey("s"));
        assertThat(UserKey.of(request(null, null, shared))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "11",
                "1111111",
                "00000000-0000-0000-0000-000000000001",
                "{6f9619ff-8b86-d011-b42d-00c04fc964ff}",
                "unknown-user-5",
                "пользователь",
                "a b",
                "[x",
                "zzzzzzzzzz",
            })
    void idOfSomebodyIsKept(String id) {
        assertThat(UserKey.of(request(id, "d", "s"))).contains(new UserKey(id));
    }

    @Test
    void spaceAroundAnIdIsNotPartOfIt() {
        assertThat(UserKey.of(request("  u1\t", null, null))).contains(new UserKey("u1"));
    }

    @Test
    void idOver256CharactersCountsAsNone() {
        assertThat(UserKey.of(request("x".repeat(256), "d", "s"))).contains(new UserKey("x".repeat(256)));
        assertThat(UserKey.of(request("x".repeat(257), "d", "s"))).contains(new UserKey("d"));
        assertThatThrownBy(() -> new UserKey("x".repeat(257)))
                .hasMessage("user key has 257 characters; allowed is at most 256");
        assertThat(new UserKey("").isNobody()).isTrue();
    }

    @Test
    void keyDoesNotPrint() {
        assertThat(new UserKey("secret").toString()).doesNotContain("secret");
    }

    private static AdRequest request(@Nullable String user, @Nullable String device, @Nullable String session) {
        return Requests.request("r")
                .setUser(User.newBuilder().setId(user).build())
                .setDevice(Device.newBuilder().setId(device).build())
                .setSessionId(session)
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        // policy, device id, session id, key; none is refused
        "DEVICE, d, s, d",
        "DEVICE, , s, none",
        "SESSION, d, s, d",
        "SESSION, , s, s",
        "SESSION, , , none",
        "REFUSE, d, s, none",
        "UNCAPPED, d, s, d",
        "UNCAPPED, , s, s",
        "UNCAPPED, , , ''",
    })
    void policyStandsInForAMissingUserId(Unnamed policy, String device, String session, String key) {
        String shared = "00000000-0000-0000-0000-000000000000";

        assertThat(UserKey.of(request(shared, device, session), policy)
                        .map(UserKey::value)
                        .orElse("none"))
                .isEqualTo(key);
        assertThat(UserKey.of(request("u", device, session), policy)).contains(new UserKey("u"));
    }
}
