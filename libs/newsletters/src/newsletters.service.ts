import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { type CampaignVersion, NewsletterDrafts } from '#campaigns';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { Clock, DomainError, editVersion, newId, requireCurrent, type VendorActor, vendorProcess } from '#kernel';
import { PartnerGroups } from '#organisations';
import {
  type Newsletter,
  type NewsletterAudience,
  type NewsletterId,
  type NewsletterResults,
  requireDraft,
  requireMove,
  resultsShown,
  type TitledNewsletter,
} from './newsletter.js';
import { NewsletterAudiences } from './newsletter-audiences.service.js';
import { NewsletterPreviews } from './newsletter-previews.service.js';
import { NewslettersRepository } from './newsletters.repository.js';

/** A newsletter as its vendor sees it. */
export interface ShownNewsletter extends TitledNewsletter {
  /** Of its draft. */
  readonly versionNumber: number;
  /** Null before it is sent. */
  readonly results: NewsletterResults | null;
}

/** What its author chooses beside the content. */
export interface NewsletterChange extends NewsletterAudience {
  readonly senderAddress: string;
}

/** The version of a newsletter, for editors. */
export const newsletterVersion = ({ groupIds, roles, senderAddress }: NewsletterChange): string =>
  editVersion([groupIds, roles, senderAddress]);

/** Newsletters of a vendor, from the draft to the results. */
@Injectable()
export class Newsletters {
  constructor(
    private readonly database: Database,
    private readonly rows: NewslettersRepository,
    private readonly drafts: NewsletterDrafts,
    private readonly audiences: NewsletterAudiences,
    private readonly previews: NewsletterPreviews,
    private readonly groups: PartnerGroups,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Newest first. */
  async list(
    actor: VendorActor,
    page: { readonly limit: number; readonly beforeId: string | null },
  ): Promise<(TitledNewsletter & { readonly results: NewsletterResults | null })[]> {
    requirePermission(actor, 'campaigns.read');
    const found = await this.database.inTransaction(actor, () => this.rows.page(page));
    const results = await this.resultsOf(actor, found);
    return found.map((one) => ({ ...one, results: results.get(one.id) ?? null }));
  }

  /** @throws DomainError `newsletter.not-found` also for another vendor's. */
  async get(actor: VendorActor, id: NewsletterId): Promise<ShownNewsletter> {
    requirePermission(actor, 'campaigns.read');
    const newsletter = await this.database.inTransaction(actor, () => this.rows.get(id));
    const { version } = await this.drafts.content(actor, newsletter.campaignId);
    return {
      ...newsletter,
      title: version.title,
      locales: version.locales,
      versionNumber: version.number,
      results: (await this.resultsOf(actor, [newsletter])).get(id) ?? null,
    };
  }

  /**
   * A draft with the content of the shipped newsletter, or of another of the vendor's.
   * @throws DomainError `newsletter.not-found`, `package.quota-reached`.
   */
  async create(
    actor: VendorActor,
    {
      from,
      ...wanted
    }: { readonly title: string; readonly languages?: readonly string[]; readonly from: NewsletterId | null },
  ): Promise<NewsletterId> {
    requirePermission(actor, 'campaigns.edit');
    const { original, address } = await this.database.inTransaction(actor, async () => ({
      original: from === null ? null : await this.rows.get(from),
      address: await this.rows.lastSenderAddress(),
    }));
    const version = await this.drafts.create(actor, original?.campaignId ?? null, wanted);
    const newsletter: Newsletter = {
      id: newId(),
      vendorId: actor.vendorId,
      campaignId: version.campaignId,
      groupIds: original?.groupIds ?? [],
      roles: original?.roles ?? [],
      senderAddress: original?.senderAddress ?? address,
      state: 'draft',
      sendAt: null,
      scheduledBy: null,
      sentAt: null,
      createdAt: this.clock.now(),
      createdBy: actor.name,
    };
    await this.database.inTransaction(actor, async () => {
      await this.rows.add(newsletter);
      await this.record(actor, 'newsletter.created', newsletter.id, { title: wanted.title, from });
    });
    return newsletter.id;
  }

  /**
   * Changes whom it goes to, and the address in its footer.
   * @param basedOn `newsletterVersion` that the editor saw; null: replace any.
   * @throws DomainError `newsletter.not-found`, `newsletter.wrong-state`, `partner-group.not-found`, `edit.stale`.
   */
  async change(actor: VendorActor, id: NewsletterId, change: NewsletterChange, basedOn: string | null): Promise<void> {
    requirePermission(actor, 'campaigns.edit');
    await this.database.inTransaction(actor, async () => {
      const newsletter = await this.rows.get(id, 'to-change');
      requireDraft(newsletter);
      requireCurrent(basedOn, newsletterVersion(newsletter));
      await this.groups.ofIds(actor, change.groupIds);
      await this.rows.save({ ...newsletter, ...change });
      await this.record(actor, 'newsletter.changed', id, { groups: change.groupIds.length, roles: change.roles });
    });
  }

  /** Deletes a draft with its content. @throws DomainError `newsletter.not-found`, `newsletter.wrong-state`. */
  async delete(actor: VendorActor, id: NewsletterId): Promise<void> {
    requirePermission(actor, 'campaigns.edit');
    await this.database.inTransaction(actor, async () => {
      const newsletter = await this.rows.get(id, 'to-change');
      requireDraft(newsletter);
      await this.rows.delete(id);
      await this.drafts.delete(newsletter.campaignId);
      await this.record(actor, 'newsletter.deleted', id, {});
    });
  }

  /**
   * Sends it at an instant; content and audience cannot change from now on.
   * @param at null: now.
   * @throws DomainError `newsletter.wrong-state`; `newsletter.time-past`; `newsletter.address-missing`;
   *   `newsletter.nobody`; `newsletter.unsendable`; `campaign-version.texts-open`; `draft.unfinished`.
   */
  async schedule(actor: VendorActor, id: NewsletterId, at: Date | null): Promise<void> {
    requirePermission(actor, 'campaigns.publish');
    const now = this.clock.now();
    if (at !== null && at.getTime() < now.getTime()) throw timePast();
    const before = await this.database.inTransaction(actor, () => this.rows.get(id));
    requireMove(before, 'scheduled');
    if (before.senderAddress === '') throw addressMissing();
    const seen = await this.previews.requireSendable(actor, before);
    await this.requirePeople(actor, before);
    await this.database.inTransaction(actor, () => this.setScheduled(actor, id, { at: at ?? now, seen }));
  }

  /**
   * Takes a newsletter that waits back to draft.
   * @throws DomainError `newsletter.not-found`, `newsletter.wrong-state` once it is being sent.
   */
  async cancel(actor: VendorActor, id: NewsletterId): Promise<void> {
    requirePermission(actor, 'campaigns.publish');
    await this.database.inTransaction(actor, async () => {
      const newsletter = await this.rows.get(id, 'to-change');
      requireMove(newsletter, 'draft');
      await this.rows.save({ ...newsletter, state: 'draft', sendAt: null, scheduledBy: null });
      await this.drafts.unfreeze(newsletter.campaignId);
      await this.record(actor, 'newsletter.cancelled', id, {});
    });
  }

  private async setScheduled(
    actor: VendorActor,
    id: NewsletterId,
    { at, seen }: { readonly at: Date; readonly seen: CampaignVersion },
  ): Promise<void> {
    const newsletter = await this.rows.get(id, 'to-change');
    requireMove(newsletter, 'scheduled');
    await this.drafts.freeze(actor, newsletter.campaignId, seen);
    await this.rows.save({ ...newsletter, state: 'scheduled', sendAt: at, scheduledBy: actor.name });
    await this.record(actor, 'newsletter.scheduled', id, { at: at.toISOString() });
  }

  private async requirePeople({ vendorId }: VendorActor, audience: NewsletterAudience): Promise<void> {
    const people = await this.audiences.people(vendorProcess('newsletter-audience', vendorId), audience);
    if (people.length > 0) return;
    throw new DomainError(
      'newsletter.nobody',
      'This newsletter would go to nobody. Choose other groups or roles.',
      { field: 'groupIds' },
      { kind: 'conflict' },
    );
  }

  /** Totals only: a vendor does not read what one person did. */
  private async resultsOf(
    { vendorId }: VendorActor,
    newsletters: readonly Newsletter[],
  ): Promise<ReadonlyMap<NewsletterId, NewsletterResults>> {
    const sent = newsletters.filter(({ state }) => state === 'sending' || state === 'sent').map(({ id }) => id);
    if (sent.length === 0) return new Map();
    const process = vendorProcess('newsletter-results', vendorId);
    const counts = await this.database.inTransaction(process, () => this.rows.counts(sent));
    return new Map([...counts].map(([id, one]) => [id, resultsShown(one)]));
  }

  private async record(
    actor: VendorActor,
    action: `newsletter.${string}`,
    id: NewsletterId,
    details: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    await this.audit.record(actor, { action, subject: { kind: 'newsletter', id }, details });
  }
}

const timePast = (): DomainError =>
  new DomainError('newsletter.time-past', 'This time is over. Choose a later one, or send now.', { field: 'at' });

const addressMissing = (): DomainError =>
  new DomainError(
    'newsletter.address-missing',
    'The footer needs your postal address. Enter it, then send the newsletter.',
    { field: 'senderAddress' },
  );
