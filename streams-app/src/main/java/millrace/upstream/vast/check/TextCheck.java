package millrace.upstream.vast.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import millrace.upstream.http.Url;
import millrace.upstream.vast.check.AttributeCheck.Fault;
import millrace.upstream.vast.document.VastTime;

/** What is wrong with the text of one element. */
record TextCheck(String element, Content content, String text) {

    List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        switch (content) {
            case ELEMENTS -> {}
            case TEXT -> {}
            case URL -> url(faults);
            case TAG -> tag(faults);
            case TIME -> time().ifPresent(faults::add);
            case NUMBER -> whole().ifPresent(faults::add);
        }
        return faults;
    }

    private void url(List<Fault> faults) {
        if (text.isEmpty()) {
            faults.add(new Fault(Severity.WARNING, "there is no URL; the element is passed over"));
            return;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("about:")) {
            faults.add(new Fault(Severity.NOTE, "about: is never called"));
        } else if (lower.startsWith("data:")) {
            if (!element.equals("InteractiveCreativeFile")) {
                faults.add(new Fault(Severity.WARNING, "a data: URL may stand in an InteractiveCreativeFile only"));
            }
        } else if (lower.startsWith("http://")) {
            faults.add(new Fault(Severity.NOTE, "http: is not loaded by secure pages"));
        } else if (!lower.startsWith("https://") && !text.startsWith("[") && !text.startsWith("//")) {
            faults.add(new Fault(Severity.WARNING, "\"" + start(text) + "\" is not an http(s) URL"));
        }
        if (text.chars().anyMatch(c -> c <= ' ')) {
            faults.add(new Fault(Severity.WARNING, "there is white space within the URL"));
        }
        MacroNames.fault(text).ifPresent(fault -> faults.add(new Fault(Severity.WARNING, fault)));
        if (element.equals("Error") && !text.contains("[ERRORCODE]") && !lower.startsWith("about:")) {
            faults.add(new Fault(Severity.NOTE, "without [ERRORCODE] nobody learns which error it was"));
        }
    }

    private void tag(List<Fault> faults) {
        if (text.isEmpty()) {
            faults.add(new Fault(Severity.ERROR, "there is no URL to follow (101)"));
            return;
        }
        MacroNames.fault(text).ifPresent(fault -> faults.add(new Fault(Severity.WARNING, fault)));
        if (!text.contains("://")) {
            faults.add(new Fault(
                    Severity.NOTE, "a relative URL: read against the URL that answered, which not every player does"));
            return;
        }
        try {
            Url.parse(text);
        } catch (Url.Refusal e) {
            faults.add(new Fault(Severity.ERROR, "this URL is not followed (300): " + e.getMessage()));
        }
    }

    private Optional<Fault> time() {
        if (VastTime.parse(text).isEmpty()) {
            return Fault.error("\"" + start(text) + "\" is not HH:MM:SS; an ad of unknown length fits no limited slot");
        }
        boolean isStrict = text.length() >= 8 && text.charAt(2) == ':' && text.charAt(5) == ':';
        return isStrict
                ? Optional.empty()
                : Fault.warning("\"" + text + "\" is not written HH:MM:SS; strict players refuse it");
    }

    private Optional<Fault> whole() {
        return VastTime.whole(text).isPresent()
                ? Optional.empty()
                : Fault.warning("\"" + start(text) + "\" is not a whole number");
    }

    private static String start(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }
}
