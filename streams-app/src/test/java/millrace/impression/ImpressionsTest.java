package millrace.impression;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import millrace.delivery.Reservation;
import millrace.delivery.Samples;
import millrace.delivery.Settlement;
import millrace.delivery.Token;
import millrace.delivery.TokenVerdict;
import millrace.delivery.Tokens;
import millrace.schemas.AdEvent;
import millrace.schemas.AdEventKind;
import millrace.schemas.Impression;
import millrace.schemas.ImpressionVerdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImpressionsTest {
    private static final Instant APPENDED = Samples.NOW.plusSeconds(5);
    private static final Token TOKEN = new Token(3, 255, Samples.NOW.plus(Samples.TTL));

    private final Tokens tokens = new Tokens(Samples.keys(1));
    private final Impressions impressions = new Impressions(tokens, 3);
    private final Reservation reservation = Samples.reservation(Samples.NOW, Samples.TTL);

    private static AdEvent.Builder event(AdEventKind kind, String token) {
        return AdEvent.newBuilder().setKind(kind).setToken(token);
    }

    @Test
    void anImpressionIsShownWhenTheClientSays() {
        AdEvent event = event(AdEventKind.IMPRESSION, tokens.sign(TOKEN))
                .setEventTime(APPENDED.toEpochMilli() - 2)
                .build();

        assertThat(impressions.judge(event, APPENDED))
                .isEqualTo(new EventVerdict.Shown(TOKEN, APPENDED.minusMillis(2)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000_000_000_000L})
    void aTimeInTheFutureIsTheBrokers(long ahead) {
        AdEvent event = event(AdEventKind.IMPRESSION, tokens.sign(TOKEN))
                .setEventTime(APPENDED.toEpochMilli() + ahead)
                .build();

        assertThat(impressions.judge(event, APPENDED)).isEqualTo(new EventVerdict.Shown(TOKEN, APPENDED));
    }

    @Test
    void withoutATimeItIsTheBrokers() {
        AdEvent event = event(AdEventKind.IMPRESSION, tokens.sign(TOKEN))
                .setEventTime(null)
                .build();

        assertThat(impressions.judge(event, APPENDED)).isEqualTo(new EventVerdict.Shown(TOKEN, APPENDED));
    }

    @Test
    void anExpiryCarriesTheBrokersTime() {
        AdEvent event = event(AdEventKind.EXPIRE, tokens.sign(TOKEN)).build();

        assertThat(impressions.judge(event, APPENDED)).isEqualTo(new EventVerdict.Expires(TOKEN, APPENDED));
    }

    @ParameterizedTest
    @EnumSource(
            value = AdEventKind.class,
            names = {"IMPRESSION", "EXPIRE"})
    void aForgedTokenIsSaidToBe(AdEventKind kind) {
        AdEvent event = event(kind, "A".repeat(48)).build();

        assertThat(impressions.judge(event, APPENDED)).isEqualTo(new EventVerdict.Forged(TokenVerdict.Flaw.VERSION));
    }

    @Test
    void aTokenOfAnotherPartitionIsForeign() {
        Token foreign = new Token(4, 255, TOKEN.expiresAt());
        AdEvent event = event(AdEventKind.IMPRESSION, tokens.sign(foreign)).build();

        assertThat(impressions.judge(event, APPENDED)).isEqualTo(new EventVerdict.ForeignPartition(foreign));
    }

    @Test
    void anUnknownKindIsIgnored() {
        AdEvent event = event(AdEventKind.OTHER, "anything").build();

        assertThat(impressions.judge(event, APPENDED)).isEqualTo(new EventVerdict.Ignored());
    }

    @Test
    void aBilledImpressionCostsWhatWasReserved() {
        // When
        Impression impression = Impressions.confirmed(TOKEN, new Settlement.Billed(reservation), APPENDED)
                .orElseThrow();

        // Then
        assertThat(impression.getId()).isEqualTo("00000000000000ff");
        assertThat(impression.getVerdict()).isEqualTo(ImpressionVerdict.BILLED);
        assertThat(impression.getCostNanos()).isEqualTo(2_500_000);
        assertThat(impression.getCurrency()).isEqualTo("USD");
        assertThat(impression.getUserKey()).isEqualTo("user");
        assertThat(impression.getCampaign()).isEqualTo("c1");
        assertThat(impression.getAdvertiser()).isEqualTo("advertiser");
        assertThat(impression.getUpstream()).isNull();
        assertThat(impression.getShownAt()).isEqualTo(APPENDED.toEpochMilli());
    }

    @Test
    void lateAndFreeImpressionsCostNothing() {
        Impression late = Impressions.confirmed(TOKEN, new Settlement.Late(reservation), APPENDED)
                .orElseThrow();
        Impression free = Impressions.confirmed(TOKEN, new Settlement.Free(reservation), APPENDED)
                .orElseThrow();

        assertThat(late.getVerdict()).isEqualTo(ImpressionVerdict.LATE);
        assertThat(late.getCostNanos()).isZero();
        assertThat(free.getVerdict()).isEqualTo(ImpressionVerdict.FREE);
        assertThat(free.getCostNanos()).isZero();
    }

    @ParameterizedTest(name = "{0} ms after serving: {1} ms")
    @CsvSource({"-60000, 0", "-1, 0", "0, 0", "7, 7"})
    void anImpressionIsNeverOlderThanItsAd(long shownAfterMillis, long recordedAfterMillis) {
        Impression impression = Impressions.confirmed(
                        TOKEN, new Settlement.Billed(reservation), Samples.NOW.plusMillis(shownAfterMillis))
                .orElseThrow();

        assertThat(impression.getShownAt()).isEqualTo(Samples.NOW.toEpochMilli() + recordedAfterMillis);
    }

    @Test
    void repeatedAndUnknownImpressionsAreNotWritten() {
        assertThat(Impressions.confirmed(TOKEN, new Settlement.Repeated(), APPENDED))
                .isEmpty();
        assertThat(Impressions.confirmed(TOKEN, new Settlement.Unknown(), APPENDED))
                .isEmpty();
    }
}
