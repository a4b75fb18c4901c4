/** What a partner runs, as programs read it. */
export interface Feed {
  readonly title: string;
  /** The partner's website. */
  readonly home: string;
  /** Address without the name of the file. */
  readonly address: string;
  readonly language: string;
  readonly items: readonly FeedItem[];
  readonly gone: readonly GoneItem[];
}

export interface FeedItem {
  /** Stays the same when the partner launches a newer version. */
  readonly id: string;
  /** Leads to the page of the newest launch. */
  readonly url: string;
  readonly title: string;
  readonly text: string;
  readonly image: string | null;
  readonly launchedAt: Date;
}

/** An item that has ended or was recalled. */
interface GoneItem {
  readonly id: string;
  readonly at: Date;
}

/** A control character is no part of XML 1.0. */
// oxlint-disable-next-line no-control-regex
const NO_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;
const xml = (text: string): string =>
  text.replace(NO_XML, '').replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
const element = (name: string, text: string, attributes = ''): string => `<${name}${attributes}>${xml(text)}</${name}>`;

/**
 * JSON Feed 1.1 (jsonfeed.org). It has no tombstones, so they are an extension.
 */
export function jsonFeed({ title, home, address, language, items, gone }: Feed): object {
  return {
    version: 'https://jsonfeed.org/version/1.1',
    title,
    home_page_url: home,
    feed_url: `${address}/feed.json`,
    language,
    items: items.map((item) => ({
      id: item.id,
      url: item.url,
      title: item.title,
      content_text: item.text,
      ...(item.image === null ? {} : { image: item.image }),
      date_published: item.launchedAt.toISOString(),
    })),
    _deleted: gone.map(({ id, at }) => ({ id, when: at.toISOString() })),
  };
}

/** RSS 2.0 (rssboard.org) with the tombstones of Atom (RFC 6721). */
export function rssFeed({ title, home, address, language, items, gone }: Feed): string {
  const tombstones = gone.map(({ id, at }) => `<at:deleted-entry ref="${xml(id)}" when="${at.toISOString()}"/>`);
  const entries = items.map(
    (item) =>
      `<item>${element('title', item.title)}${element('link', item.url)}${element('guid', item.id, ' isPermaLink="false"')}${element('description', item.text)}${element('pubDate', item.launchedAt.toUTCString())}</item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><channel>${element('title', title)}${element('link', home)}${element('description', title)}${element('language', language)}<atom:link rel="self" type="application/rss+xml" href="${xml(`${address}/feed.xml`)}"/>${entries.join('')}${tombstones.join('')}</channel></rss>
`;
}
