package millrace.devkit.upstreams;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes VAST 4.2 documents of one upstream, valid against the schema. Trackers lead back to the upstream, so that a test sees them
 * fired.
 */
@SuppressWarnings("InlineFormatString") // Whole documents read better apart from what fills them.
final class VastMarkup {

    private static final String DOCUMENT = """
            <?xml version="1.0" encoding="UTF-8"?>
            <VAST version="4.2" xmlns="http://www.iab.com/VAST">
            %s</VAST>
            """;
    private static final String INLINE = """
              <Ad id="%1$s"%2$s>
                <InLine>
                  <AdSystem version="1.0">%3$s</AdSystem>
                  <Error><![CDATA[%4$s/error?creative=%1$s&code=[ERRORCODE]]]></Error>
                  <Impression id="%3$s"><![CDATA[%4$s/impression?creative=%1$s]]></Impression>
                  <Pricing model="CPM" currency="%5$s">%6$s</Pricing>
                  <AdServingId>%3$s.%1$s</AdServingId>
                  <AdTitle>%7$s</AdTitle>
                  <Advertiser>%8$s</Advertiser>
                  <Creatives>
                    <Creative id="%1$s" adId="%1$s">
                      <Linear>
                        <TrackingEvents>
            %9$s            </TrackingEvents>
                        <Duration>%10$s</Duration>
                        <MediaFiles>
            %11$s            </MediaFiles>
                        <VideoClicks>
                          <ClickTracking><![CDATA[%4$s/click?creative=%1$s]]></ClickTracking>
                          <ClickThrough><![CDATA[https://%8$s/landing?creative=%1$s]]></ClickThrough>
                        </VideoClicks>
                      </Linear>
                      <UniversalAdId idRegistry="millrace.example">%1$s</UniversalAdId>
                    </Creative>
                  </Creatives>
                </InLine>
              </Ad>
            """;
    private static final String WRAPPER = """
              <Ad id="%1$s-hop-%2$d">
                <Wrapper>
                  <AdSystem version="1.0">%1$s</AdSystem>
                  <Error><![CDATA[%3$s/error?hop=%2$d&code=[ERRORCODE]]]></Error>
                  <Impression id="%1$s-hop-%2$d"><![CDATA[%3$s/impression?hop=%2$d]]></Impression>
                  <Creatives>
                    <Creative>
                      <Linear>
                        <TrackingEvents>
                          <Tracking event="start"><![CDATA[%3$s/start?hop=%2$d]]></Tracking>
                        </TrackingEvents>
                      </Linear>
                    </Creative>
                  </Creatives>
                  <VASTAdTagURI><![CDATA[%4$s]]></VASTAdTagURI>
                </Wrapper>
              </Ad>
            """;
    private static final List<String> EVENTS =
            List.of("start", "firstQuartile", "midpoint", "thirdQuartile", "complete");

    private final String upstream;
    private final String trackers;

    /** @param trackers what tracker URLs begin with */
    VastMarkup(String upstream, String trackers) {
        this.upstream = upstream;
        this.trackers = trackers;
    }

    /** One ad stands alone, several are a pod. */
    String inline(List<SimulatedAd> ads) {
        return DOCUMENT.formatted(IntStream.range(0, ads.size())
                .mapToObj(i -> inline(ads.get(i), ads.size() == 1 ? "" : " sequence=\"" + (i + 1) + "\""))
                .collect(Collectors.joining()));
    }

    String wrapper(int hop, String tagUri) {
        return DOCUMENT.formatted(WRAPPER.formatted(upstream, hop, trackers, tagUri));
    }

    String empty() {
        return DOCUMENT.formatted("  <Error><![CDATA[%s/error?code=[ERRORCODE]]]></Error>%n".formatted(trackers));
    }

    private String inline(SimulatedAd ad, String sequence) {
        return INLINE.formatted(
                ad.creative(),
                sequence,
                upstream,
                trackers,
                ad.currency(),
                Prices.text(ad.price()),
                escaped(ad.title()),
                escaped(ad.advertiser()),
                tracking(ad),
                clock(ad.duration()),
                media(ad));
    }

    private String tracking(SimulatedAd ad) {
        return EVENTS.stream()
                .map(event -> "              <Tracking event=\"%s\"><![CDATA[%s/%s?creative=%s]]></Tracking>\n"
                        .formatted(event, trackers, event, ad.creative()))
                .collect(Collectors.joining());
    }

    private static String media(SimulatedAd ad) {
        return ad.media().stream()
                .map(file -> """
                                      <MediaFile delivery="progressive" type="%s" width="%d" height="%d" bitrate="%d"><![CDATA[%s]]></MediaFile>
                        """.formatted(file.mime(), file.width(), file.height(), file.bitrateKbps(), file.url()))
                .collect(Collectors.joining());
    }

    private static String clock(Duration duration) {
        return "%02d:%02d:%02d".formatted(duration.toHours(), duration.toMinutesPart(), duration.toSecondsPart());
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
