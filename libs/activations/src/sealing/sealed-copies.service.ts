import { Injectable } from '@nestjs/common';
import { PublishedVersions } from '#campaigns';
import { CompiledCampaigns } from '#content';
import type { ActivationSeal, TemplateType } from '#contracts';
import { bestLocale, DomainError, type Locale, notFound, type SystemActor } from '#kernel';
import { type BakedMaster, prepareMime, type PreparedMime } from '#rendering';
import { type Finding, type PreparedCopy, ValueOutOfLanguage, verifyBaked, verifyPage } from '#seal';
import type { Activation } from '../activation.js';
import { ActivationSeals } from './activation-seals.service.js';
import { EditionsRepository } from '../updates/editions.repository.js';
import { type RefusedCopy, SealRefusals } from './seal-refusals.service.js';

/**
 * A baked e-mail with its encoded bytes, and the data to verify its messages.
 */
export interface SealedEmail {
  readonly prepared: PreparedMime;
  readonly copy: PreparedCopy;
  readonly seal: ActivationSeal;
}

/** A baked landing page, and what its bytes are verified against. */
export interface SealedPage {
  readonly key: string;
  readonly baked: BakedMaster;
  readonly copy: PreparedCopy;
}

/** An edition of an activation, in which nothing changes. */
export type SealedActivation = Pick<Activation, 'id' | 'partnerId' | 'vendorId' | 'versionId' | 'edition'>;

interface Verified {
  readonly baked: BakedMaster;
  readonly copy: PreparedCopy;
  readonly seal: ActivationSeal;
}

const CACHED = 300;

/** An activation's e-mails and pages, verified once per process before use. */
@Injectable()
export class SealedCopies {
  private readonly emails = new Map<string, Promise<SealedEmail | null>>();
  private readonly pages = new Map<string, Promise<Verified | null>>();

  constructor(
    private readonly editions: EditionsRepository,
    private readonly published: PublishedVersions,
    private readonly compiled: CompiledCampaigns,
    private readonly seals: ActivationSeals,
    private readonly refusals: SealRefusals,
  ) {}

  /**
   * Cached: it never changes. Call it outside of transactions.
   * @returns null when the stored copy does not match its seal; the refusal is
   *   recorded.
   * @throws DomainError `email.not-found`.
   */
  async email(
    actor: SystemActor,
    activation: SealedActivation,
    key: string,
    locale: Locale,
  ): Promise<SealedEmail | null> {
    return remembered(this.emails, `${activation.id} ${activation.edition} ${key} ${locale}`, async () => {
      const verified = await this.verified(actor, activation, { kind: 'email', key, locale });
      if (verified === null) return null;
      return { prepared: prepareMime(verified.baked), copy: verified.copy, seal: verified.seal };
    });
  }

  /**
   * The landing page in the best locale.
   * @throws DomainError `page.not-found`, `seal.broken` when the stored copy
   *   does not match.
   */
  async page(actor: SystemActor, activation: Activation, wanted: string | null): Promise<SealedPage> {
    const version = await this.published.launched(actor, activation.versionId);
    const { pages, definition } = await this.compiled.load(version.compiledHash);
    const [page] = pages;
    if (page === undefined) throw notFound('page', activation.slug);
    const [first = activation.locale, ...others] = definition.locales;
    const locale = bestLocale(wanted ?? activation.locale, [first, ...others]);
    const verified = await remembered(this.pages, `${activation.id} ${activation.edition} ${page.key} ${locale}`, () =>
      this.verified(actor, activation, { kind: 'page', key: page.key, locale }),
    );
    if (verified === null) throw pageBroken(page.key);
    return { key: page.key, baked: verified.baked, copy: verified.copy };
  }

  /**
   * Verifies a page's final bytes.
   * @throws DomainError `seal.broken`, recorded; nothing is served then.
   */
  async requirePage(activation: Activation, { key, baked, copy }: SealedPage, html: string): Promise<void> {
    const { finding } = verifyPage(copy, html);
    if (finding === null) return;
    await this.refuse(activation, { medium: 'page', key, locale: baked.locale }, finding);
    throw pageBroken(key);
  }

  /** Counts and records that final bytes did not match. */
  async refuse(
    activation: Pick<Activation, 'id' | 'partnerId' | 'vendorId'>,
    part: Pick<RefusedCopy, 'medium' | 'key' | 'locale'>,
    finding: Finding,
  ): Promise<void> {
    const { id, partnerId, vendorId } = activation;
    await this.refusals.record({ activationId: id, partnerId, vendorId, ...part }, finding);
  }

  private async verified(
    actor: SystemActor,
    activation: SealedActivation,
    part: { readonly kind: TemplateType; readonly key: string; readonly locale: Locale },
  ): Promise<Verified | null> {
    const { kind, key, locale } = part;
    const baked = await this.editions.baked(actor, activation, kind, key, locale);
    if (baked === null) throw notFound(kind, key);
    const result = await this.verify(actor, activation, part, baked);
    if (!('code' in result)) return result;
    await this.refuse(activation, { medium: kind, key, locale }, result);
    return null;
  }

  private async verify(
    actor: SystemActor,
    activation: SealedActivation,
    part: { readonly kind: TemplateType; readonly key: string; readonly locale: Locale },
    baked: BakedMaster,
  ): Promise<Verified | Finding> {
    try {
      const version = await this.published.launched(actor, activation.versionId);
      const opened = await this.seals.open(actor, activation, version);
      const copy = this.seals.prepare(opened, part);
      return verifyBaked(copy, baked) ?? { baked, copy, seal: opened.seal };
    } catch (error) {
      const refusal = asFinding(error);
      if (refusal === null) throw error;
      return refusal;
    }
  }
}

/** What a seal's own refusals say; other errors are surprises. */
function asFinding(error: unknown): Finding | null {
  const known =
    error instanceof ValueOutOfLanguage ||
    (error instanceof DomainError && (error.code.startsWith('seal.') || error.code === 'activation-seal.not-found'));
  if (!known) return null;
  return {
    code: error instanceof DomainError ? error.code : 'value-out-of-language',
    part: 'file',
    lock: null,
    offset: null,
    line: null,
    expected: '',
    found: '',
    message: error.message,
    remedy: 'Launch the campaign again.',
  };
}

const pageBroken = (key: string): DomainError =>
  new DomainError(
    'seal.broken',
    'This page does not match what was published and is not shown. Contact the sender of the link.',
    { field: `pages.${key}` },
    { kind: 'unavailable' },
  );

function remembered<T>(kept: Map<string, Promise<T>>, name: string, make: () => Promise<T>): Promise<T> {
  const known = kept.get(name);
  if (known !== undefined) return known;
  const made = make();
  kept.set(name, made);
  // A failure is not kept: the next caller tries again.
  made.catch(() => kept.delete(name));
  if (kept.size > CACHED) kept.delete(kept.keys().next().value ?? '');
  return made;
}
