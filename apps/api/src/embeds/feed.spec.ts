import { parseFragment } from 'parse5';
import { type Feed, jsonFeed, rssFeed } from './feed.js';

const FEED: Feed = {
  title: 'Brightwater & Sons',
  home: 'https://www.brightwater.example',
  address: 'https://app.example/feeds/token',
  language: 'en',
  items: [
    {
      id: 'urn:uuid:1',
      url: 'https://app.example/feeds/token/1',
      title: 'Stop <attacks> ]]> & "more"\u0000',
      text: 'Text',
      image: null,
      launchedAt: new Date('2026-11-03T09:00:00Z'),
    },
  ],
  gone: [{ id: 'urn:uuid:2', at: new Date('2026-11-04T09:00:00Z') }],
};

describe('a feed', () => {
  it('is JSON Feed 1.1 with tombstones', () => {
    expect(jsonFeed(FEED)).toMatchObject({
      version: 'https://jsonfeed.org/version/1.1',
      feed_url: 'https://app.example/feeds/token/feed.json',
      items: [{ id: 'urn:uuid:1', date_published: '2026-11-03T09:00:00.000Z' }],
      _deleted: [{ id: 'urn:uuid:2', when: '2026-11-04T09:00:00.000Z' }],
    });
  });

  it('is RSS 2.0 with tombstones, whatever is in a title', () => {
    const rss = rssFeed(FEED);
    expect(rss).toContain('<guid isPermaLink="false">urn:uuid:1</guid>');
    expect(rss).toContain('<at:deleted-entry ref="urn:uuid:2" when="2026-11-04T09:00:00.000Z"/>');
    expect(rss).toContain('<pubDate>Tue, 03 Nov 2026 09:00:00 GMT</pubDate>');
    expect(rss).not.toContain('<attacks>');
    expect(rss).not.toContain('\u0000');
    const [title] = /<item><title>.*?<\/title>/.exec(rss) ?? [''];
    expect(JSON.stringify(parseFragment(title).childNodes, ['value', 'childNodes'])).toContain('Stop <attacks> ]]> & ');
  });
});
