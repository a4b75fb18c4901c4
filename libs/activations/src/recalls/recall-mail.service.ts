import { Inject, Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { BrandProfiles } from '#brand';
import { PublishedVersions, type Recall } from '#campaigns';
import { CONFIG, type Config } from '#config';
import { SystemMail } from '#identity';
import type { PartnerId, SystemActor } from '#kernel';
import { contactReaders, type Notice, Notifier } from '#notifications';
import { Organisations } from '#organisations';
import { recallLetter, type RecallNews } from './recall-letter.js';
import { RecallLetters } from './recall-letters.repository.js';

/** Tells partners of recalls and reversals, in the open transaction. */
@Injectable()
export class RecallMail {
  constructor(
    private readonly published: PublishedVersions,
    private readonly organisations: Organisations,
    private readonly profiles: BrandProfiles,
    private readonly notifier: Notifier,
    private readonly mail: SystemMail,
    private readonly audit: AuditLog,
    private readonly letters: RecallLetters,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * One e-mail and one entry in the audit log for each partner.
   * @param item what the recalled content is called; empty: more than one was recalled.
   */
  async post(
    actor: SystemActor,
    { recall, item }: Pick<RecallNews, 'item'> & { readonly recall: Recall },
    kind: RecallNews['kind'],
    partnerIds: readonly PartnerId[],
  ): Promise<void> {
    if (partnerIds.length === 0) return;
    const concerned = await this.letters.concerned(recall.id, partnerIds);
    const looks = await this.profiles.mailLooks(actor, partnerIds);
    const facts = { ...(await this.factsOf(actor, recall)), item };
    const notices = new Map<Notice, RecallNews>();
    for (const partnerId of partnerIds) {
      const { activationId, runsIt } = concerned.get(partnerId) ?? { activationId: '', runsIt: true };
      const path = `/activations/${activationId}`;
      const notice: Notice = {
        organisationId: partnerId,
        kind: 'versions',
        event: kind === 'recalled' ? 'campaign-recalled' : 'campaign-recall-reversed',
        key: recall.id,
        by: facts.vendor.name,
        titles: facts.titles,
        path,
        audience: contactReaders(looks.get(partnerId)?.email ?? null),
      };
      notices.set(notice, { ...facts, kind, runsIt, url: `${this.config.PUBLIC_URL}${path}` });
      await this.record(actor, recall, partnerId, kind);
    }
    const readers = await this.notifier.readersNow(actor, [...notices.keys()]);
    await this.mail.postAll(
      readers.flatMap(({ notice, reader }) => {
        const news = notices.get(notice);
        return news === undefined ? [] : [{ message: recallLetter(reader, news) }];
      }),
    );
  }

  private async factsOf(
    actor: SystemActor,
    recall: Recall,
  ): Promise<Pick<RecallNews, 'recall' | 'vendor' | 'titles' | 'replacement'>> {
    const { id, vendorId, replacementId } = recall;
    const { name } = await this.organisations.get(actor, vendorId);
    const versionId = await this.letters.newestVersion(id);
    const titles = versionId === null ? {} : (await this.published.launched(actor, versionId)).title;
    const replacement = replacementId === null ? null : (await this.published.launched(actor, replacementId)).number;
    return { recall, vendor: { id: vendorId, name }, titles, replacement };
  }

  private async record(
    actor: SystemActor,
    { id, campaignId, reason, reversalReason }: Recall,
    partnerId: PartnerId,
    kind: RecallNews['kind'],
  ): Promise<void> {
    await this.audit.record(actor, {
      action: kind === 'recalled' ? 'campaign.recalled' : 'campaign.recall-reversed',
      subject: { kind: 'campaign', id: campaignId },
      partnerId,
      details: { recallId: id, reason: kind === 'recalled' ? reason : reversalReason },
    });
  }
}
