package millrace.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import millrace.delivery.TokenVerdict.Flaw;
import millrace.delivery.TokenVerdict.Forged;
import millrace.delivery.TokenVerdict.Genuine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
    private static final Token TOKEN = new Token(7, 0xCAFE_0000_0000_0001L, Samples.NOW);

    private final Tokens tokens = new Tokens(Samples.keys(1, 2));

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @Test
    void aSignedTokenComesBackAsItWas() {
        // When
        String text = tokens.sign(TOKEN);

        // Then
        assertThat(text).hasSize(48).matches("[A-Za-z0-9_-]+");
        assertThat(tokens.verify(text)).isEqualTo(new Genuine(TOKEN));
        assertThat(Tokens.partitionOf(text)).hasValue(7);
        assertThat(TOKEN.id()).isEqualTo("cafe000000000001");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anyTokenComesBackAndNoChangedCharacterPasses(long seed) {
        // Given
        SplittableRandom random = new SplittableRandom(seed);
        Token token = new Token(
                random.nextInt(Token.MAX_PARTITION + 1),
                random.nextLong(),
                Instant.ofEpochMilli(random.nextLong(Long.MAX_VALUE)));
        String text = tokens.sign(token);
        assertThat(tokens.verify(text)).isEqualTo(new Genuine(token));

        for (int at = 0; at < text.length(); at++) {
            // When
            char other = (char) random.nextInt(0x20, 0x2000);
            String changed = text.substring(0, at) + other + text.substring(at + 1);

            // Then
            assertThat(changed.equals(text) || tokens.verify(changed) instanceof Forged)
                    .isTrue();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anyStringIsForgedAndNoneThrows(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 200; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextBoolean() ? 48 : random.nextInt(100);
            int alphabet = random.nextBoolean() ? 0x80 : 0x1_0000;
            while (text.length() < length) {
                text.append((char) random.nextInt(alphabet));
            }

            assertThat(tokens.verify(text.toString())).isInstanceOf(Forged.class);
            assertThat(Tokens.partitionOf(text.toString())).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "=", "ÄÖÜ", "AQEABw"})
    void aStringOfAnotherLengthIsForged(String text) {
        assertThat(tokens.verify(text)).isEqualTo(new Forged(Flaw.LENGTH));
    }

    @Test
    void paddingInPlaceOfCharactersIsForged() {
        String text = tokens.sign(TOKEN);

        assertThat(tokens.verify(text.substring(0, 46) + "==")).isEqualTo(new Forged(Flaw.ALPHABET));
        assertThat(tokens.verify("+".repeat(48))).isEqualTo(new Forged(Flaw.ALPHABET));
    }

    @Test
    void eachFlawIsNamed() {
        assertThat(tokens.verify(changed(0, 2))).isEqualTo(new Forged(Flaw.VERSION));
        assertThat(tokens.verify(changed(1, 9))).isEqualTo(new Forged(Flaw.KEY));
        assertThat(tokens.verify(changed(1, 2))).isEqualTo(new Forged(Flaw.SIGNATURE));
        assertThat(tokens.verify(changed(35, 0x55))).isEqualTo(new Forged(Flaw.SIGNATURE));
    }

    @Test
    void aTokenOfAnOlderKeyStaysGenuineUntilTheKeyIsDropped() {
        // Given
        String old = new Tokens(Samples.keys(1)).sign(TOKEN);

        // Then
        assertThat(new Tokens(Samples.keys(2, 1)).verify(old)).isEqualTo(new Genuine(TOKEN));
        assertThat(new Tokens(Samples.keys(2)).verify(old)).isEqualTo(new Forged(Flaw.KEY));
    }

    @Test
    void aTokenOfAnotherDeploymentsSecretIsForged() {
        Tokens others = new Tokens(new SigningKeys(Map.of(1, new byte[16]), 1));

        assertThat(tokens.verify(others.sign(TOKEN))).isEqualTo(new Forged(Flaw.SIGNATURE));
    }

    @Test
    void secretsNeverPrint() {
        assertThat(Samples.keys(1, 2).toString()).isEqualTo("SigningKeys[ids=[1, 2], current=1]");
    }

    @Test
    void unusableKeysAreRefused() {
        assertThatThrownBy(() -> new SigningKeys(Map.of(1, new byte[15]), 1)).hasMessageContaining("15 bytes");
        assertThatThrownBy(() -> new SigningKeys(Map.of(256, new byte[16]), 256))
                .hasMessageContaining("0 to 255");
        assertThatThrownBy(() -> new SigningKeys(Map.of(1, new byte[16]), 2)).hasMessageContaining("one of [1]");
    }

    @Test
    void aTokenOutOfRangeIsRefused() {
        assertThatThrownBy(() -> new Token(65_536, 1, Samples.NOW)).hasMessageContaining("0 to 65535");
        assertThatThrownBy(() -> new Token(0, 1, Instant.ofEpochMilli(-1))).hasMessageContaining("before 1970");
    }

    private String changed(int at, int value) {
        byte[] bytes = Base64.getUrlDecoder().decode(tokens.sign(TOKEN));
        bytes[at] = (byte) value;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
