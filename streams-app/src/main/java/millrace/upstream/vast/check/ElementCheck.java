package millrace.upstream.vast.check;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.stream.XMLStreamException;
import millrace.upstream.vast.check.ElementRule.Need;
import millrace.upstream.vast.check.ElementRule.Occurs;
import millrace.upstream.vast.check.Findings.Place;
import millrace.upstream.vast.xml.XmlCursor;

/**
 * Checks an element and all that is in it against the grammar. What is inside an Extension is its owner's.
 *
 * @see Grammar
 */
final class ElementCheck {
    private final XmlCursor xml;
    private final Findings findings;
    private final int version;
    private final int mostAds;
    private final Set<String> declared = new TreeSet<>(Set.of("xml"));
    private final Set<String> undeclared = new TreeSet<>();
    private boolean inInline;
    private final ScheduleCheck schedule;
    private PodCheck pod;

    /** @param version as 43 for 4.3; 0 when nothing is held against it */
    ElementCheck(XmlCursor xml, Findings findings, int version, int mostAds) {
        this.xml = xml;
        this.findings = findings;
        this.version = version;
        this.mostAds = mostAds;
        this.pod = new PodCheck(findings);
        this.schedule = new ScheduleCheck(findings);
    }

    void check(String name, Place place) throws XMLStreamException {
        prefixes(place);
        ElementRule rule = Grammar.rule(name).orElse(null);
        if (rule == null) {
            return;
        }
        enter(name, place);
        attributes(name, rule, place);
        if (rule.content() == Content.ELEMENTS) {
            children(name, rule, place);
            leave(name, place);
        } else {
            new TextCheck(name, rule.content(), xml.text())
                    .faults()
                    .forEach(fault -> findings.add(place, fault.severity(), fault.message()));
        }
    }

    private void enter(String name, Place place) {
        switch (name) {
            case "Ad" -> pod.ad(xml.attribute("sequence"), place);
            case "AdBreak" -> schedule.adBreak(xml.attribute("timeOffset"), place);
            case "VAST", "DAAST" -> pod = new PodCheck(findings);
            case "InLine" -> inInline = true;
            case "Wrapper" -> inInline = false;
            default -> {}
        }
    }

    private void leave(String name, Place place) {
        if (name.equals("VAST") || name.equals("DAAST")) {
            pod.finish(place, mostAds);
        } else if (name.equals("VMAP")) {
            schedule.finish(place, mostAds);
        }
    }

    private void prefixes(Place place) {
        declared.addAll(xml.declared());
        for (String prefix : xml.prefixes()) {
            if (!declared.contains(prefix) && undeclared.add(prefix)) {
                findings.add(
                        place,
                        Severity.WARNING,
                        "prefix " + prefix + ": is declared nowhere; players that mind namespaces refuse the document");
            }
        }
    }

    private void attributes(String name, ElementRule rule, Place place) {
        for (String written : xml.attributes()) {
            boolean isKnown = rule.attributes().keySet().stream().anyMatch(written::equalsIgnoreCase);
            if (!isKnown && !written.equals("xmlns")) {
                findings.add(place, Severity.NOTE, "attribute " + written + " is not known here; it is passed over");
            }
        }
        rule.attributes().forEach((attribute, occurs) -> attribute(name, attribute, occurs, place));
        if (name.equals("Tracking")) {
            event(xml.attribute("event"), xml.attribute("offset"), place);
        }
    }

    private void attribute(String name, String attribute, Occurs occurs, Place place) {
        String value = xml.attribute(attribute);
        if (!value.isEmpty()) {
            since(attribute, occurs, place);
            new AttributeCheck(name, attribute, value)
                    .fault()
                    .ifPresent(fault -> findings.add(place, fault.severity(), fault.message()));
        } else if (isNeeded(occurs)) {
            findings.add(place, Severity.WARNING, "attribute " + attribute + " is missing");
        }
    }

    private void event(String event, String offset, Place place) {
        if (event.isEmpty()) {
            return;
        }
        boolean ofBreak = place.path().contains("AdBreak/TrackingEvents");
        EventNames.fault(event, ofBreak).ifPresent(fault -> findings.add(place, Severity.WARNING, fault));
        EventNames.replaced(event)
                .ifPresent(now -> findings.add(
                        place, Severity.NOTE, "event " + event + " is of an older version; replaced by " + now));
        if (event.equals("progress") && offset.isEmpty()) {
            findings.add(place, Severity.WARNING, "progress without an offset is never called");
        }
        if (place.path().contains("Companion/TrackingEvents") && !event.equals("creativeView")) {
            findings.add(place, Severity.WARNING, "a companion has the event creativeView only");
        }
    }

    private void children(String name, ElementRule rule, Place place) throws XMLStreamException {
        Map<String, Integer> counts = new HashMap<>();
        xml.eachChild(child -> {
            Place at = place.in(child, xml.line(), xml.column());
            Occurs occurs = rule.children().get(child);
            if (occurs == null) {
                unknown(name, child, at);
                return;
            }
            since(child, occurs, at);
            if (counts.merge(child, 1, Integer::sum) == 2 && !occurs.repeats()) {
                findings.add(at, Severity.WARNING, child + " may be there once; players differ in which they take");
            }
            check(child, at);
        });
        rule.children().forEach((child, occurs) -> {
            if (isNeeded(occurs) && !counts.containsKey(child)) {
                findings.add(place, Severity.WARNING, child + " is missing");
            }
        });
        new WholeCheck(findings, version, inInline).check(name, counts, place);
    }

    private void unknown(String parent, String child, Place at) {
        prefixes(at);
        if (parent.equals("VAST") && child.equals("InLine")) {
            findings.add(at, Severity.ERROR, "an InLine outside of an Ad is lost");
        } else {
            Severity severity = parent.equals("Ad") ? Severity.ERROR : Severity.WARNING;
            findings.add(
                    at,
                    severity,
                    Grammar.meant(child)
                            .map(meant -> child + " is not known; " + meant + " is meant, and players tell case apart")
                            .orElse(child + " is not known in " + parent + "; it is passed over"));
        }
    }

    private void since(String name, Occurs occurs, Place place) {
        if (version > 0 && occurs.sinceVersion() > version) {
            findings.add(
                    place,
                    Severity.NOTE,
                    name + " came with VAST " + occurs.sinceVersion() / 10 + "." + occurs.sinceVersion() % 10
                            + "; players of the version of this document pass over it");
        }
    }

    private boolean isNeeded(Occurs occurs) {
        return occurs.need() == Need.REQUIRED || (occurs.need() == Need.REQUIRED_IN_INLINE && inInline);
    }
}
