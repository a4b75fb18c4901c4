import { Inject, Injectable } from '@nestjs/common';
import { Lifetimes } from '#campaigns';
import { CONFIG, type Config } from '#config';
import type { ContactForSending } from '#contacts';
import { LinkTargets } from '#engagement';
import { DomainError, type Id, type Locale, notFound, type SystemActor, systemActor } from '#kernel';
import { Organisations } from '#organisations';
import { type ConditionValues, personalise, UNKNOWN_READER, WHEN_FIELDS, withDiscovery } from '#rendering';
import type { Activation } from './activation.js';
import { ActivationOutputs } from './activation-outputs.service.js';
import { Activations } from './activations.service.js';
import { CampaignOver } from './recalls/content-recalled.js';
import { legalLinks } from './branding/link-targets.js';
import { PageVisitors } from './page-visitors.service.js';
import { SealedCopies, type SealedPage } from './sealing/sealed-copies.service.js';

/** Links that masters may have besides those of the campaign. */
const BUILT_IN_LINKS = ['unsubscribe', 'preferences', 'viewInBrowser'];
/** Of an unknown slug in an error. */
const MAX_SLUG_LENGTH = 80;

export interface RenderedPage {
  readonly sealed: SealedPage;
  readonly html: string;
  /** Who came by a personal link; null: unknown. */
  readonly visitor: ContactForSending | null;
}

interface FoundPage {
  readonly activation: Activation;
  /** In the scope of the activation's partner. */
  readonly actor: SystemActor;
}

/** The co-branded landing pages of activations, by the slug of their URL. */
@Injectable()
export class LandingPages {
  constructor(
    private readonly activations: Activations,
    private readonly outputs: ActivationOutputs,
    private readonly copies: SealedCopies,
    private readonly linkTargets: LinkTargets,
    private readonly visitors: PageVisitors,
    private readonly organisations: Organisations,
    private readonly lifetimes: Lifetimes,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * @returns the activation, and an actor in its partner's scope.
   * @throws DomainError `page.not-found`; `page.closed` once its company was
   *   deleted.
   * @throws ContentRecalled
   * @throws CampaignOver
   */
  async find(slug: string): Promise<FoundPage> {
    const { activation, actor } = await this.found(slug);
    await this.outputs.requireNotRecalled(actor, activation);
    await this.requireShownAfterEnd({ activation, actor });
    return { activation, actor };
  }

  /** @throws CampaignOver after the end, where the vendor wants a notice instead of the page. */
  private async requireShownAfterEnd({ activation, actor }: FoundPage): Promise<void> {
    if (!(await this.outputs.isRetired(actor, activation))) return;
    if ((await this.lifetimes.pagesAfterEnd(actor, activation.campaignId)) === 'notice')
      throw new CampaignOver(activation);
  }

  private async found(slug: string): Promise<FoundPage> {
    const activation = await this.activations.ofPage(systemActor('landing-page'), slug);
    if (activation === null) throw notFound('page', slug.slice(0, MAX_SLUG_LENGTH));
    return { activation, actor: await this.openCompany(activation) };
  }

  /**
   * The page whose form was sent: it may have been recalled while a visitor
   * filled it in.
   * @throws DomainError `page.not-found`, `page.closed`.
   */
  async findSent(slug: string): Promise<FoundPage & { readonly isRecalled: boolean }> {
    const { activation, actor } = await this.found(slug);
    return { activation, actor, isRecalled: await this.outputs.isRecalled(actor, activation) };
  }

  /**
   * @returns an actor in the scope of the activation's partner.
   * @throws DomainError `page.closed`.
   */
  private async openCompany({ partnerId }: Activation): Promise<SystemActor> {
    const actor = systemActor('landing-page', { partnerId });
    if (!(await this.organisations.isDeleted(actor, partnerId))) return actor;
    const { name: company } = await this.organisations.get(actor, partnerId);
    throw new DomainError(
      'page.closed',
      `${company} was responsible for this page, and has closed its account. The page is not shown any more.`,
      { company },
      { kind: 'gone' },
    );
  }

  /**
   * @returns an actor in the scope of the page's partner, also after a recall.
   * @throws DomainError `page.not-found`.
   */
  async sender(slug: string): Promise<SystemActor> {
    const partnerId = await this.activations.partnerOfPage(systemActor('landing-page'), slug);
    if (partnerId === null) throw notFound('page', slug.slice(0, MAX_SLUG_LENGTH));
    return systemActor('landing-page', { partnerId });
  }

  /**
   * The page to show, verified against its seal. Who comes by a personal link
   * gets the variant and the language of the recipient of the e-mail, and no data
   * of that person: the link may have been forwarded.
   * @param wanted BCP 47; null: the activation's language.
   * @param click by which the reader came, see `Visitors.ofPage`.
   * @param shownIn the language in which the reader has the page already; null:
   *   none.
   * @throws DomainError `page.not-found`, `seal.broken`.
   * @throws ContentRecalled
   */
  async page(
    found: FoundPage,
    wanted: string | null,
    click: Id<'interaction'> | null = null,
    shownIn: Locale | null = null,
  ): Promise<RenderedPage> {
    const { actor, activation } = found;
    const visitor = await this.visitors.find(actor, activation, click);
    const sealed = await this.copies.page(actor, activation, shownIn ?? visitor?.language ?? wanted);
    const { baked } = sealed;
    await this.outputs.requireOutput(actor, activation, {
      kind: 'page',
      key: sealed.key,
      locale: baked.locale,
      hasBegun: true,
    });
    const page = `${this.config.PUBLIC_URL}/p/${activation.slug}`;
    const names = await this.linkTargets.names(actor, activation.id);
    const links = Object.fromEntries<string>([
      ...names.map((name) => [name, `${page}/links/${name}`] as const),
      ...BUILT_IN_LINKS.map((name) => [name, page] as const),
      ...legalLinks(page).map(({ name, url }) => [name, url] as const),
    ]);
    const policy = { publicOrigin: new URL(page).origin, partnerHosts: [] };
    const result = personalise(baked, { ...UNKNOWN_READER, ...conditionsOf(visitor), links }, policy);
    if (!result.ok) throw notFound('page', activation.slug);
    const { html } = result.message;
    await this.copies.requirePage(activation, sealed, html);
    const oembed = `${this.config.PUBLIC_URL}/oembed?format=json&url=${encodeURIComponent(page)}`;
    return { sealed, html: withDiscovery(html, oembed), visitor };
  }

  /**
   * Where a link of the page leads. After a recall, links to the partner's own
   * website lead on.
   * @throws DomainError `page.not-found`, `page.closed`, `link.not-found`.
   * @throws ContentRecalled
   * @throws CampaignOver
   */
  async linkTarget(slug: string, name: string): Promise<string> {
    const { actor, activation } = await this.found(slug);
    if (!(await this.outputs.isPartnersOwnLink(actor, activation, name))) await this.find(slug);
    const url = await this.linkTargets.url(actor, activation.id, name);
    if (url === null) throw notFound('link', name.slice(0, MAX_SLUG_LENGTH));
    return url;
  }
}

/** What decides about the variant of a page. */
const conditionsOf = (visitor: ContactForSending | null): Partial<ConditionValues> =>
  visitor === null ? {} : Object.fromEntries(WHEN_FIELDS.map((field) => [field, visitor[field]]));
