package millrace.devkit.upstreams;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A document as the platform's own parser sees it, asked by XPath; name spaces are left out. */
record Vast(Document document) {

    static Vast of(String xml) throws Exception {
        var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        builder.setErrorHandler(null);
        return new Vast(builder.parse(new InputSource(new StringReader(xml))));
    }

    String text(String path) {
        return ((String) evaluated("string(" + path + ")", XPathConstants.STRING)).strip();
    }

    int count(String path) {
        return ((NodeList) evaluated(path, XPathConstants.NODESET)).getLength();
    }

    private Object evaluated(String path, javax.xml.namespace.QName type) {
        try {
            return XPathFactory.newInstance().newXPath().evaluate(path, document, type);
        } catch (XPathExpressionException e) {
            throw new IllegalArgumentException(path, e);
        }
    }
}
