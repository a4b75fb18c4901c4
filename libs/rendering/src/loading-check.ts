import { loadedUrls, type LoadedUrl } from './loaded-urls.js';
import type { SourcePosition, SourceReport } from './position.js';
import { type RenderedComponent, writersOf } from './rendered-components.js';
import type { Tokens } from './tokens.js';

/** Longest quotation of an address. */
const MAX_QUOTED = 60;

/** Attributes for the pictures that MJML brings from other servers. */
const OWN_PICTURE: Readonly<Record<string, string>> = {
  'mj-social-element': 'src="images/name.png"',
  'mj-accordion': 'icon-wrapped-url="images/more.png" and icon-unwrapped-url="images/less.png"',
  'mj-accordion-title': 'icon-wrapped-url="images/more.png" and icon-unwrapped-url="images/less.png"',
  'mj-carousel': 'left-icon="images/left.png" and right-icon="images/right.png"',
};

interface Compiled {
  readonly html: string;
  readonly rendered: readonly RenderedComponent[];
  /** Addresses that were reported where the author wrote them. */
  readonly reported: ReadonlySet<string>;
  readonly placeOf: (line: number, tag: string) => SourcePosition;
}

/**
 * Checks the markup that is sent: all that it loads are pictures of the package
 * and logos. A request to another server tells it who reads an e-mail, and
 * when. The source alone does not show it: components have pictures of their
 * own.
 */
export function checkLoading(
  { html, rendered, reported, placeOf }: Compiled,
  tokens: Tokens,
  report: SourceReport,
): void {
  const foreign = loadedUrls(html).filter(({ url }) => !isOwnPicture(url, tokens) && !reported.has(url));
  for (const { url, where } of new Map(foreign.map((found) => [found.url, found])).values()) {
    const writers = writersOf(rendered, (part) => loads(part, url));
    const quoted = url.slice(0, MAX_QUOTED);
    if (writers.length === 0)
      report.error(
        'picture-foreign',
        report.recordedPosition('body'),
        `The ${where} “${quoted}” is loaded from another server.`,
        'Put the file into images/ and write its name there.',
      );
    for (const { tag, line } of writers)
      report.error(
        'picture-default',
        placeOf(line, tag),
        `<${tag}> loads the picture “${quoted}” from another server.`,
        `Put a picture of your own into images/ and write ${OWN_PICTURE[tag] ?? 'its name into the attribute'}.`,
      );
  }
}

const loads = (html: string, url: string): boolean =>
  html.includes(url.slice(0, MAX_QUOTED)) && loadedUrls(html).some((loaded: LoadedUrl) => loaded.url === url);

/** A field of another type is refused by its place. */
const isOwnPicture = (url: string, tokens: Tokens): boolean => tokens.holeNumber(url) !== undefined;
