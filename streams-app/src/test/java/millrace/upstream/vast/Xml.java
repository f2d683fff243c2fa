package millrace.upstream.vast;

import java.nio.charset.StandardCharsets;

/** VAST documents of our own writing. */
public final class Xml {
    private Xml() {}

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static String vast(String... parts) {
        return "<VAST version=\"4.2\">" + String.join("", parts) + "</VAST>";
    }

    public static String rootError(String url) {
        return "<Error>" + cdata(url) + "</Error>";
    }

    public static String cdata(String text) {
        return "<![CDATA[" + text + "]]>";
    }

    /** An ad of 15 seconds of one MP4, its URLs named after it. */
    public static String inline(String id) {
        return inline(id, "", "");
    }

    public static String inline(String id, String attributes, String more) {
        return inline(id, attributes, more, "00:00:15", "video/mp4");
    }

    public static String inline(String id, String attributes, String more, String duration, String mime) {
        return "<Ad id=\"" + id + "\" " + attributes + "><InLine><AdSystem>t</AdSystem><AdTitle>Title of " + id
                + "</AdTitle>" + more
                + "<Error>" + cdata("https://err.example/" + id + "?c=[ERRORCODE]") + "</Error>"
                + "<Impression>" + cdata("https://imp.example/" + id) + "</Impression>"
                + "<Creatives><Creative id=\"c-" + id + "\"><Linear><Duration>" + duration + "</Duration>"
                + "<TrackingEvents><Tracking event=\"start\">" + cdata("https://t.example/" + id + "/start")
                + "</Tracking></TrackingEvents>"
                + "<MediaFiles><MediaFile type=\"" + mime + "\" width=\"640\" height=\"360\" bitrate=\"800\""
                + " delivery=\"progressive\">" + cdata("https://cdn.example/" + id + ".mp4")
                + "</MediaFile></MediaFiles></Linear></Creative></Creatives></InLine></Ad>";
    }

    public static String wrapper(String id, String tagUri) {
        return wrapper(id, tagUri, "", "", "");
    }

    /** A wrapper with its own trackers, its URLs named after it. */
    public static String wrapper(String id, String tagUri, String adAttributes, String attributes, String more) {
        return "<Ad id=\"" + id + "\" " + adAttributes + "><Wrapper " + attributes + "><AdSystem>t</AdSystem>"
                + "<Error>" + cdata("https://err.example/" + id + "?c=[ERRORCODE]") + "</Error>"
                + "<Impression>" + cdata("https://imp.example/" + id) + "</Impression>"
                + "<VASTAdTagURI>" + cdata(tagUri) + "</VASTAdTagURI>" + more
                + "<Creatives><Creative><Linear><TrackingEvents><Tracking event=\"start\">"
                + cdata("https://t.example/" + id + "/start")
                + "</Tracking><Tracking event=\"progress\" offset=\"00:00:05\">"
                + cdata("https://t.example/" + id + "/p5")
                + "</Tracking></TrackingEvents><VideoClicks><ClickTracking>"
                + cdata("https://click.example/" + id) + "</ClickTracking><ClickThrough>"
                + cdata("https://land.example/" + id)
                + "</ClickThrough></VideoClicks></Linear></Creative></Creatives></Wrapper></Ad>";
    }
}
