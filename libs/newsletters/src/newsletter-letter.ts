import { type CompiledCampaign, fileOfImage } from '#content';
import { DomainError, type Locale, type SourceProblem } from '#kernel';
import {
  bake,
  type BakedMaster,
  escapeHtml,
  greetingOf,
  LEGAL_LINKS,
  type MailSettings,
  type Master,
  type Personal,
  personalise,
  type UrlPolicy,
  UNKNOWN_READER,
  type ValueProblem,
  withoutLinksTo,
} from '#rendering';

/** The vendor, as the e-mail names its sender. */
export interface NewsletterSender {
  readonly name: string;
  /** Postal. */
  readonly address: string;
  /** The person who answers; empty where nobody is named. */
  readonly contactName: string;
  readonly contactEmail: string;
}

/** The person who reads it. */
export interface NewsletterReader {
  readonly name: string;
  readonly email: string;
  /** Of the person's company. */
  readonly company: string;
  readonly countryCode?: string | null;
}

/** Links of a newsletter by number, in the order of their names. */
export const numberedLinks = ({ definition }: CompiledCampaign): readonly string[] =>
  Object.keys(definition.links).sort();

/** The address behind a link of a newsletter; null: it leads nowhere. */
export function targetOf({ definition }: CompiledCampaign, name: string): string | null {
  const link = definition.links[name];
  return link?.kind === 'target' ? link.target : null;
}

/**
 * An e-mail of a newsletter with what the vendor says of itself in it.
 * @throws DomainError `newsletter.unsendable` with every problem: blocks that only a partner's campaign can
 *   fill, links that lead to pages of a campaign, and colours that are not readable.
 */
export function bakedNewsletter(
  compiled: CompiledCampaign,
  master: Master,
  sender: NewsletterSender,
  publicUrl: string,
): BakedMaster {
  const policy = policyOf(publicUrl);
  const problems = [...unusableParts(compiled, master)];
  const baked = bake(
    master,
    {
      brand: compiled.definition.brand.defaults,
      partner: {
        name: sender.name,
        legalName: sender.name,
        address: sender.address === '' ? '…' : sender.address,
        website: '',
        contact: { name: sender.contactName, title: '', phone: '', email: sender.contactEmail },
      },
      logos: {},
      assets: Object.fromEntries(
        Object.entries(compiled.images).map(([path, image]) => [path, `${publicUrl}/b/${fileOfImage(image)}`]),
      ),
      slots: {},
      formAction: null,
    },
    policy,
  );
  if (!baked.ok) problems.push(...baked.problems);
  if (!baked.ok || problems.length > 0) throw unsendable(problems);
  return baked.baked;
}

/**
 * The e-mail for a reader.
 * @param links address by name of link.
 * @throws DomainError `newsletter.unsendable`.
 */
export function personalNewsletter(
  baked: BakedMaster,
  reader: NewsletterReader,
  links: Readonly<Record<string, string>>,
  publicUrl: string,
): Personal {
  const [firstName = null, ...others] = reader.name
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '');
  const legal = Object.fromEntries(LEGAL_LINKS.map((name) => [name, `${publicUrl}/?legal=${name}`]));
  const person = { firstName, lastName: others.length === 0 ? null : others.join(' '), company: reader.company };
  const personal = personalise(
    baked,
    {
      ...UNKNOWN_READER,
      ...person,
      email: reader.email,
      country: reader.countryCode ?? null,
      greeting: greetingOf(person, baked.locale),
      links: { ...links, ...legal },
    },
    policyOf(publicUrl),
  );
  if (!personal.ok) throw unsendable(personal.problems);
  return withoutLegalPages(personal.message, Object.values(legal));
}

/** Left without its links, it would be a white band in the footer. */
const EMPTY_LEGAL_BOX = /<div class="tc-legal"[^<>]*>\s*<\/div>/g;

/**
 * Each e-mail has links to the legal pages of a partner. A vendor has no such pages: its address is in the footer.
 * @param legal their addresses. Each is another one: cuts of two links in one line would overlap.
 */
function withoutLegalPages({ html, text, ...letter }: Personal, legal: readonly string[]): Personal {
  return {
    ...letter,
    html: legal.reduce(withoutLinksTo, html).replace(EMPTY_LEGAL_BOX, ''),
    text: text
      .split('\n')
      .flatMap((line) => {
        const rest = legal.reduce((all, url) => all.replaceAll(` [${url}]`, ''), line);
        // A line with other links keeps them.
        return rest === line || rest.includes('[') ? [rest] : [];
      })
      .join('\n'),
  };
}

/** Adds why the reader gets it, and where it stops, below the e-mail. */
export function withSettings({ html, text, ...letter }: Personal, { why, label, url }: MailSettings): Personal {
  const note = `<p style="margin:0;padding:0 32px 32px;font:12px/18px Helvetica,Arial,sans-serif;color:#5b6472;text-align:center">${escapeHtml(why)} <a href="${escapeHtml(url)}" style="color:#5b6472">${escapeHtml(label)}</a></p>`;
  const end = html.lastIndexOf('</body>');
  return {
    ...letter,
    html: end === -1 ? html + note : html.slice(0, end) + note + html.slice(end),
    text: `${text.trimEnd()}\n\n${why} ${label}:\n${url}\n`,
  };
}

/** The language of the newsletter that is nearest to that of a reader. */
export function languagesOf({ definition }: CompiledCampaign): readonly [Locale, ...Locale[]] {
  const [first = 'en' as Locale, ...others] = definition.locales;
  return [first, ...others];
}

const policyOf = (publicUrl: string): UrlPolicy => ({ publicOrigin: new URL(publicUrl).origin, partnerHosts: [] });

function* unusableParts(compiled: CompiledCampaign, { needs, links }: Master): Iterable<ValueProblem> {
  if (needs.logos.length > 0)
    yield {
      code: 'newsletter-partner-logo',
      path: 'partner.logo',
      message: 'It shows the logo of a partner, but a newsletter comes from you.',
      remedy: 'Replace the block by a picture of your own logo.',
    };
  for (const name of links) {
    if ((compiled.definition.links[name]?.kind ?? 'target') === 'target') continue;
    yield {
      code: 'newsletter-link',
      path: `links.${name}`,
      message: `The link “${name}” leads to a page that only a campaign of a partner has.`,
      remedy: 'Use a link to a web address.',
      named: { name },
    };
  }
}

function unsendable(found: readonly ValueProblem[]): DomainError {
  const problems: (Pick<SourceProblem, 'code' | 'message' | 'remedy'> & { field: string })[] = found.map(
    ({ code, path, message, remedy, named }) => ({ code, field: path, message, remedy, named }),
  );
  const [first] = found;
  return new DomainError(
    'newsletter.unsendable',
    `This newsletter cannot be sent as it is. ${first?.message ?? ''} ${first?.remedy ?? ''}`,
    { problems },
  );
}
