package millrace.upstream.vast.writer;

import java.util.List;

/** Writes a schedule of breaks as VMAP 1.0, each with its ads inside. */
public final class VmapWriter {
    private static final String NAMESPACE = "http://www.iab.net/videosuite/vmap";

    private VmapWriter() {}

    /**
     * One break.
     *
     * @param timeOffset {@code start}, {@code end}, a time, or a part of the content (VMAP 1.0.1, 2.3.1.1)
     * @param ads Ad elements, issued; none: the break is announced, and nothing is shown in it
     */
    public record Entry(String id, String timeOffset, List<String> ads) {
        public Entry {
            ads = List.copyOf(ads);
        }
    }

    public static String document(List<Entry> breaks, VastVersion version) {
        Markup xml = new Markup();
        xml.open("vmap:VMAP").attribute("xmlns:vmap", NAMESPACE).attribute("version", "1.0");
        int number = 0;
        for (Entry entry : breaks) {
            xml.open("vmap:AdBreak")
                    .attribute("timeOffset", entry.timeOffset())
                    .attribute("breakType", "linear")
                    .attribute("breakId", entry.id());
            if (!entry.ads().isEmpty()) {
                xml.open("vmap:AdSource")
                        .attribute("id", Integer.toString(++number))
                        .attribute("allowMultipleAds", "true")
                        .attribute("followRedirects", "false")
                        .open("vmap:VASTAdData");
                VastWriter.write(entry.ads(), version, xml);
                xml.close("vmap:VASTAdData").close("vmap:AdSource");
            }
            xml.close("vmap:AdBreak");
        }
        return xml.close("vmap:VMAP").toString();
    }
}
