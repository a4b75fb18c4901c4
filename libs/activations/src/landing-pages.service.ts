import { Injectable } from '@nestjs/common';
import { Engagement } from '#engagement';
import { notFound, type SystemActor, systemActor } from '#kernel';
import { personalise } from '#rendering';
import type { Activation } from './activation.js';
import { Activations } from './activations.service.js';
import { SealedCopies, type SealedPage } from './sealing/sealed-copies.service.js';

/** A page shows no recipient's data; its links lead to itself. */
const NO_RECIPIENT = {
  firstName: null,
  lastName: null,
  company: null,
  email: 'nobody@example.com',
  industry: null,
  persona: null,
  stage: null,
  segment: null,
  country: null,
};
/** Links that masters may have besides those of the campaign. */
const BUILT_IN_LINKS = ['unsubscribe', 'preferences', 'viewInBrowser', 'privacy'];
/** Of an unknown slug in an error. */
const MAX_SLUG_LENGTH = 80;

export interface RenderedPage {
  readonly sealed: SealedPage;
  readonly html: string;
}

/** The co-branded landing pages of activations, by the slug of their URL. */
@Injectable()
export class LandingPages {
  constructor(
    private readonly activations: Activations,
    private readonly copies: SealedCopies,
    private readonly engagement: Engagement,
  ) {}

  /**
   * @returns the activation, and an actor in its partner's scope.
   * @throws DomainError `page.not-found`, also after a recall.
   */
  async find(slug: string): Promise<{ activation: Activation; actor: SystemActor }> {
    const activation = await this.activations.bySlug(systemActor('landing-page'), slug);
    if (activation === null) throw notFound('page', slug.slice(0, MAX_SLUG_LENGTH));
    return { activation, actor: systemActor('landing-page', { partnerId: activation.partnerId }) };
  }

  /**
   * The page to show, verified against its seal.
   * @param wanted BCP 47; null: the activation's language.
   * @throws DomainError `page.not-found`, `seal.broken`.
   */
  async html(slug: string, wanted: string | null): Promise<string> {
    const { activation, actor } = await this.find(slug);
    const { sealed, html } = await this.render(actor, activation, wanted);
    await this.copies.requirePage(activation, sealed, html);
    return html;
  }

  /**
   * The page without any recipient's data; its bytes are not verified.
   * @throws DomainError `page.not-found`.
   */
  async render(actor: SystemActor, activation: Activation, wanted: string | null): Promise<RenderedPage> {
    const sealed = await this.copies.page(actor, activation, wanted);
    const { baked } = sealed;
    const page = baked.values['form.action']?.replace(/\/form$/, '') ?? '';
    const names = await this.engagement.linkNames(actor, activation.id);
    const links = Object.fromEntries([...names, ...BUILT_IN_LINKS].map((name) => [name, page]));
    const origin = new URL(page || 'http://localhost').origin;
    const result = personalise(baked, { ...NO_RECIPIENT, links }, { publicOrigin: origin, partnerHosts: [] });
    if (!result.ok) throw notFound('page', activation.slug);
    return { sealed, html: result.message.html };
  }
}
