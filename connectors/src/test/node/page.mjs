// In the page: asks for an ad with the player library, plays it through a stub of a player, and lets the library fire the trackers.
import { VASTClient, VASTTracker } from '/vast-client.js';

const screen = document.getElementById('screen');
const log = document.getElementById('log');
const say = (text) => log.appendChild(document.createElement('li')).append(text);

/** A player that has a position and no picture. */
class StubPlayer {
  constructor(media, seconds) {
    this.media = media;
    this.seconds = seconds;
  }

  play(onSecond) {
    for (let at = 1; at <= this.seconds; at++) onSecond(at);
  }
}

/** Plays one ad from its first to its last second; what it was, or null when there is none. */
window.watch = async (tag) => {
  const client = new VASTClient();
  const answer = await client.get(tag, { withCredentials: false });
  const ad = answer.ads[0];
  if (!ad) {
    screen.textContent = 'no ad';
    say('no ad');
    return null;
  }
  const creative = ad.creatives.find((one) => one.type === 'linear');
  const tracker = new VASTTracker(client, ad, creative);
  const player = new StubPlayer(creative.mediaFiles[0].fileURL, creative.duration);
  screen.textContent = `${ad.title}\n${player.seconds} s, ${creative.mediaFiles.length} media files`;
  tracker.on('clickthrough', () => say('clicked'));
  tracker.load();
  tracker.trackImpression();
  player.play((second) => tracker.setProgress(second));
  tracker.setMuted(true);
  tracker.setPaused(true);
  tracker.setPaused(false);
  tracker.click();
  tracker.complete();
  say(`${ad.title}: played`);
  return { id: ad.id, title: ad.title, media: player.media, seconds: player.seconds, impressions: ad.impressionURLTemplates.map((one) => one.url) };
};
window.ready = true;
