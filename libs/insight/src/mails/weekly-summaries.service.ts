import { Inject, Injectable, Logger } from '@nestjs/common';
import { BrandProfiles } from '#brand';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { SystemMail } from '#identity';
import { type PartnerId, type SystemActor, systemActor, type VendorId } from '#kernel';
import { contactReaders, Digests, type DueDigest, Notifier, type SummaryReader } from '#notifications';
import { addDays, type DayWindow } from '../window.js';
import { PartnerWeeks } from './partner-weeks.service.js';
import { VendorWeeks } from './vendor-weeks.service.js';
import { isEmpty, summaryLetter, type WeekFacts } from './weekly-letter.js';

/**
 * The weekly e-mail of each person: results, open decisions, and what they
 * wanted weekly. None if there is nothing. Safe in any number of processes.
 */
@Injectable()
export class WeeklySummaries {
  private readonly logger = new Logger(WeeklySummaries.name);

  // At the parameter limit: it joins what both sides know.
  constructor(
    private readonly database: Database,
    private readonly digests: Digests,
    private readonly notifier: Notifier,
    private readonly profiles: BrandProfiles,
    private readonly partnerWeeks: PartnerWeeks,
    private readonly vendorWeeks: VendorWeeks,
    private readonly mail: SystemMail,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * Sends what is due. A failure is retried, and blocks no other.
   * @returns whether there may be more.
   */
  async sendDue(): Promise<boolean> {
    const due = await this.digests.due();
    let sent = 0;
    for (const one of due)
      try {
        await this.send(one);
        sent++;
      } catch (error) {
        this.logger.error('A weekly summary could not be sent; it is tried again.', error);
      }
    return sent > 0 && Digests.isFull(due);
  }

  private async send(due: DueDigest): Promise<void> {
    const { organisationId, side, monday } = due;
    const actor =
      side === 'partner'
        ? systemActor('weekly-summaries', { partnerId: organisationId as PartnerId })
        : systemActor('weekly-summaries', { vendorId: organisationId as VendorId });
    const week = { from: addDays(monday, -7), to: addDays(monday, -1) };
    const readers = await this.readers(actor, due);
    const facts = await this.factsOf(actor, week, readers);
    await this.database.inTransaction(actor, async () => {
      const claimed = await this.digests.claim(due);
      const held = await this.digests.take(organisationId, claimed);
      await this.mail.postAll(
        readers.flatMap((one) => {
          const { member, organisation, reader, isMailbox } = one;
          const own = held.filter(({ userId }) => userId === member.id);
          const said = { ...(facts.get(one) ?? NOTHING), news: isMailbox ? [] : own };
          if (!claimed.has(member.id) || isEmpty(said)) return [];
          return [{ message: summaryLetter(reader, this.config.PUBLIC_URL, { organisation, week, facts: said }) }];
        }),
      );
    });
  }

  private async readers(
    actor: SystemActor,
    { organisationId, side, userIds }: DueDigest,
  ): Promise<readonly SummaryReader[]> {
    return this.database.inTransaction(actor, async () => {
      const address = side === 'partner' ? (await this.profiles.current(actor)).contact.email : null;
      const all = await this.notifier.summaryReaders(actor, organisationId, contactReaders(address));
      return all.filter(({ member }) => userIds.includes(member.id));
    });
  }

  /** What happened and what waits, for those who want a summary. Read before the claim, which locks. */
  private async factsOf(
    { partnerId, vendorId }: SystemActor,
    week: DayWindow,
    readers: readonly SummaryReader[],
  ): Promise<ReadonlyMap<SummaryReader, Week>> {
    const wanting = readers.filter(({ wantsSummary }) => wantsSummary);
    const facts = new Map<SummaryReader, Week>();
    if (vendorId !== null)
      for (const one of wanting) facts.set(one, await this.vendorWeeks.facts(vendorId, one.member, week));
    if (partnerId !== null && wanting.length > 0) {
      const same = await this.partnerWeeks.facts(partnerId, week);
      for (const one of wanting) facts.set(one, same);
    }
    return facts;
  }
}

type Week = Omit<WeekFacts, 'news'>;
const NOTHING: Week = { results: null, launches: [], open: [] };
