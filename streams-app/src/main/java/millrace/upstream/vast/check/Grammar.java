package millrace.upstream.vast.check;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The elements of VAST 4.3 and VMAP 1.0.1 with what they may have, after the schemas of the IAB and the text of VAST 4.3.
 *
 * <p>A line is {@code Element @attribute child =content}. Behind a name {@code !} is required, {@code ^} required in an
 * InLine, {@code *} any number of times, {@code +} at least once, {@code ?40} since version 4.0.
 */
final class Grammar {
    private static final String TABLE = """
            VAST @version! Ad* Error*
            DAAST @version! Ad* Error*
            Ad @id @sequence @adType?41 @conditionalAd?40 InLine Wrapper
            InLine AdSystem! AdTitle! AdServingId?41 Impression+ Category*?40 Description Advertiser Pricing?30 Survey* Error* Extensions ViewableImpression?40 AdVerifications?41 Expires?41 Creatives!
            Wrapper @followAdditionalWrappers?30 @allowMultipleAds?30 @fallbackOnNoAd?30 AdSystem! VASTAdTagURI DAASTAdTagURI VASTAdTagURL Impression+ Error* Pricing?30 Extensions ViewableImpression?40 AdVerifications?41 BlockedAdCategories*?41 Creatives
            AdSystem @version =TEXT
            AdTitle =TEXT
            AdServingId =TEXT
            Description =TEXT
            Advertiser @id?41 =TEXT
            Category @authority! =TEXT
            BlockedAdCategories @authority =TEXT
            Pricing @model! @currency! =TEXT
            Survey @type =URL
            Expires =NUMBER
            Error =URL
            Impression @id =URL
            VASTAdTagURI =TAG
            DAASTAdTagURI =TAG
            VASTAdTagURL URL!
            URL =TAG
            ViewableImpression @id Viewable* NotViewable* ViewUndetermined*
            Viewable =URL
            NotViewable =URL
            ViewUndetermined =URL
            AdVerifications Verification*
            Verification @vendor! JavaScriptResource* ExecutableResource* FlashResource* TrackingEvents VerificationParameters ViewableImpression
            JavaScriptResource @apiFramework @browserOptional =URL
            ExecutableResource @apiFramework @type =URL
            FlashResource @apiFramework =URL
            VerificationParameters =TEXT
            Extensions Extension*
            Creatives Creative*
            Creative @id @sequence @adId @apiFramework UniversalAdId*?40 CreativeExtensions?30 Linear NonLinearAds CompanionAds
            UniversalAdId @idRegistry! @idValue =TEXT
            CreativeExtensions CreativeExtension*
            Linear @skipoffset?30 Duration^ AdParameters MediaFiles^ InteractiveCreativeFile*?40 TrackingEvents VideoClicks AdInteractions Icons?30
            Duration =TIME
            AdParameters @xmlEncoded =TEXT
            MediaFiles MediaFile* Mezzanine*?40 InteractiveCreativeFile*?40 ClosedCaptionFiles?41
            MediaFile @id @delivery! @type! @width! @height! @codec @bitrate @minBitrate @maxBitrate @scalable @maintainAspectRatio @fileSize?41 @mediaType?41 @apiFramework =URL
            Mezzanine @id @delivery! @type! @width! @height! @codec @fileSize @mediaType =URL
            InteractiveCreativeFile @type @apiFramework @variableDuration =URL
            ClosedCaptionFiles ClosedCaptionFile*
            ClosedCaptionFile @type @language =URL
            TrackingEvents Tracking*
            Tracking @event! @offset =URL
            VideoClicks ClickThrough ClickTracking* CustomClick*
            AdInteractions ClickThrough ClickTracking* CustomClick*
            ClickThrough @id =URL
            ClickTracking @id =URL
            CustomClick @id =URL
            Icons Icon+
            Icon @program @width @height @xPosition @yPosition @duration @offset @apiFramework @pxratio?40 @altText?43 @hoverText?43 StaticResource* IFrameResource* HTMLResource* IconClicks IconViewTracking*
            IconClicks IconClickThrough IconClickTracking* IconClickFallbackImages?42
            IconClickThrough =URL
            IconClickTracking @id =URL
            IconClickFallbackImages IconClickFallbackImage+
            IconClickFallbackImage @width @height AltText StaticResource
            IconViewTracking =URL
            StaticResource @creativeType =URL
            IFrameResource =URL
            HTMLResource @xmlEncoded =TEXT
            NonLinearAds TrackingEvents NonLinear*
            NonLinear @id @width^ @height^ @expandedWidth @expandedHeight @scalable @maintainAspectRatio @minSuggestedDuration @apiFramework StaticResource* IFrameResource* HTMLResource* AdParameters NonLinearClickThrough NonLinearClickTracking* CreativeExtensions
            NonLinearClickThrough =URL
            NonLinearClickTracking @id =URL
            CompanionAds @required?30 @logoTile Companion*
            Companion @id @width^ @height^ @assetWidth @assetHeight @expandedWidth @expandedHeight @apiFramework @adSlotId @pxratio @renderingMode?41 @logoTile StaticResource* IFrameResource* HTMLResource* AdParameters AltText CompanionClickThrough CompanionClickTracking* CreativeExtensions TrackingEvents
            AltText =TEXT
            CompanionClickThrough =URL
            CompanionClickTracking @id =URL
            VMAP @version! AdBreak* Extensions
            AdBreak @timeOffset! @breakType! @breakId @repeatAfter AdSource TrackingEvents Extensions
            AdSource @id @allowMultipleAds @followRedirects VASTAdData VASTData AdTagURI CustomAdData
            VASTAdData VAST DAAST
            VASTData VAST DAAST
            AdTagURI @templateType =TAG
            CustomAdData @templateType =TEXT
            """;

    private static final Map<String, ElementRule> RULES = rules();
    /** For names that differ by case only: the element is another one to a player. */
    private static final Map<String, String> BY_LOWER_CASE = byLowerCase();

    private Grammar() {}

    static Optional<ElementRule> rule(String element) {
        return Optional.ofNullable(RULES.get(element));
    }

    /** The name that was probably meant. */
    static Optional<String> meant(String element) {
        return Optional.ofNullable(BY_LOWER_CASE.get(element.toLowerCase(Locale.ROOT)))
                .filter(known -> !known.equals(element));
    }

    private static Map<String, ElementRule> rules() {
        Map<String, ElementRule> rules = new HashMap<>();
        TABLE.lines().map(line -> line.split(" ", -1)).forEach(words -> rules.put(words[0], rule(words)));
        return rules;
    }

    private static ElementRule rule(String[] words) {
        Map<String, ElementRule.Occurs> attributes = new LinkedHashMap<>();
        Map<String, ElementRule.Occurs> children = new LinkedHashMap<>();
        Content content = Content.ELEMENTS;
        for (int i = 1; i < words.length; i++) {
            String word = words[i];
            if (word.startsWith("=")) {
                content = Content.valueOf(word.substring(1));
            } else if (word.startsWith("@")) {
                attributes.put(name(word.substring(1)), occurs(word));
            } else {
                children.put(name(word), occurs(word));
            }
        }
        return new ElementRule(attributes, children, content);
    }

    private static String name(String word) {
        int end = 0;
        while (end < word.length() && Character.isLetter(word.charAt(end))) {
            end++;
        }
        return word.substring(0, end);
    }

    private static ElementRule.Occurs occurs(String word) {
        int since = word.indexOf('?');
        ElementRule.Need need = word.contains("!") || word.contains("+")
                ? ElementRule.Need.REQUIRED
                : word.contains("^") ? ElementRule.Need.REQUIRED_IN_INLINE : ElementRule.Need.OPTIONAL;
        boolean repeats = word.contains("*") || word.contains("+");
        return new ElementRule.Occurs(need, repeats, since < 0 ? 0 : Integer.parseInt(word.substring(since + 1)));
    }

    private static Map<String, String> byLowerCase() {
        Map<String, String> names = new HashMap<>();
        RULES.keySet().forEach(name -> names.put(name.toLowerCase(Locale.ROOT), name));
        return names;
    }
}
