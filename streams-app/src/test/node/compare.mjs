// Reads merged documents with an independent player library and compares ads and trackers with what we say they are.
//
//   millrace vast resolve --world W --vast 4.2 | node compare.mjs
//
// A line of JSON an outcome on standard input; ends with 1 when any differs.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { VASTParser } = require('@dailymotion/vast-client');
const { DOMParser } = require('@xmldom/xmldom');

const sorted = (urls) => [...urls].sort();
const same = (ours, theirs) => JSON.stringify(ours) === JSON.stringify(theirs);

function theirs(ad) {
  const linear = ad.creatives.find((creative) => creative.type === 'linear');
  const tracking = {};
  for (const [event, urls] of Object.entries(linear.trackingEvents)) {
    // The library keys a progress event by its offset.
    const name = event.startsWith('progress-') ? 'progress' : event;
    tracking[name] = sorted([...(tracking[name] ?? []), ...urls]);
  }
  return {
    id: ad.id,
    sequence: ad.sequence ? Number(ad.sequence) : null,
    impressions: sorted(ad.impressionURLTemplates.map((impression) => impression.url)),
    errors: sorted(ad.errorURLTemplates),
    tracking,
    clickThrough: linear.videoClickThroughURLTemplate?.url ?? null,
    clickTracking: sorted(linear.videoClickTrackingURLTemplates.map((click) => click.url)),
    customClick: sorted(linear.videoCustomClickURLTemplates.map((click) => click.url)),
    mediaFiles: linear.mediaFiles.map((file) => file.fileURL),
    icons: linear.icons.map((icon) => icon.program),
    verifications: sorted(ad.adVerifications.map((verification) => verification.vendor)),
    viewable: sorted((ad.viewableImpression ?? []).flatMap((impression) => impression.viewable)),
    companions: ad.creatives
      .filter((creative) => creative.type === 'companion')
      .flatMap((creative) => creative.variations)
      .flatMap((companion) => companion.staticResources.map((resource) => resource.url)),
  };
}

/** Events that the version's schema does not name stand in an extension, where a library does not look. */
const SCHEMA_EVENTS = new Set(('mute unmute pause resume rewind skip playerExpand playerCollapse loaded start firstQuartile '
  + 'midpoint thirdQuartile complete progress closeLinear creativeView acceptInvitation adExpand adCollapse minimize close '
  + 'overlayViewDuration otherAdInteraction interactiveStart').split(' '));

function ours(ad) {
  const tracking = {};
  for (const [event, urls] of Object.entries(ad.tracking)) {
    if (SCHEMA_EVENTS.has(event)) tracking[event] = sorted(urls);
  }
  return {
    id: ad.id,
    sequence: ad.sequence,
    impressions: sorted(ad.impressions),
    errors: sorted(ad.errors),
    tracking,
    clickThrough: ad.clickThrough,
    clickTracking: sorted(ad.clickTracking),
    customClick: sorted(ad.customClick),
    mediaFiles: ad.mediaFiles,
    icons: ad.icons,
    verifications: sorted(ad.verifications),
    viewable: sorted(ad.viewable),
    companions: ad.companions_available,
  };
}

const ordered = (object) => Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));

let ads = 0;
let wrong = 0;
const lines = readFileSync(0, 'utf8').split('\n').filter((line) => line.startsWith('{'));
for (const line of lines) {
  const outcome = JSON.parse(line);
  if (outcome.ads.length === 0) continue;
  const document = new DOMParser().parseFromString(outcome.vast, 'text/xml');
  const read = await new VASTParser().parseVAST(document, {});
  const found = read.ads.map(theirs);
  outcome.ads.map(ours).forEach((ad, i) => {
    ads++;
    const other = found[i] ?? {};
    for (const field of Object.keys(ad)) {
      const mine = field === 'tracking' ? ordered(ad.tracking) : ad[field];
      const its = field === 'tracking' ? ordered(other.tracking ?? {}) : other[field];
      if (!same(mine, its)) {
        wrong++;
        console.error(`ad ${ad.id}, ${field}: ours ${JSON.stringify(mine)}, the library's ${JSON.stringify(its)}`);
      }
    }
  });
  if (found.length !== outcome.ads.length) {
    wrong++;
    console.error(`${outcome.ads.length} ads of ours, ${found.length} of the library's`);
  }
}
if (ads === 0) {
  console.error('nothing was compared');
  process.exit(1);
}
console.log(`merged documents: ${lines.length} outcomes, ${ads} ads compared with an independent player library, ${wrong} differences`);
process.exit(wrong === 0 ? 0 : 1);
