import { Injectable } from '@nestjs/common';
import { type PublishedVersion, PublishedVersions, type Recall, stopsEverything } from '#campaigns';
import { type CompiledCampaign, CompiledCampaigns } from '#content';
import { Database } from '#database';
import {
  type ActivationId,
  Clock,
  type Locale,
  notFound,
  type PartnerActor,
  type PartnerId,
  type SystemActor,
  type VendorId,
} from '#kernel';
import type { SequenceDefinition } from '#sequencing';
import { type Activation, type ActivationStatus, choicesWith, isOver } from './activation.js';
import { ActivationsRepository } from './activations.repository.js';
import { Calendars, type StoredCalendar } from './calendars.service.js';
import { type Edition, EditionsRepository } from './updates/editions.repository.js';

/** What a scheduler needs to run an activation. */
export interface RunningActivation {
  /**
   * Choices of the launch, with later postponements and the partner's calendar.
   */
  readonly activation: Activation;
  readonly sequence: SequenceDefinition;
  /** The sequences of its other editions, by number. Absent: it was never updated. */
  readonly others?: ReadonlyMap<number, SequenceDefinition>;
  readonly locales: readonly [Locale, ...Locale[]];
  /** As the version was compiled: before a partner's values. */
  readonly emails: CompiledCampaign['emails'];
  /** Notices to the partner's users, by key and language. */
  readonly notices: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Posts that stand in no step of the sequence, in the campaign's order. */
  readonly freePosts: readonly string[];
  /** The page that its form is on. */
  readonly landingPage: string | null;
  /** The version is not retired. A recall can be reversed: what it forbids waits, as in a hold. */
  readonly versionLive: boolean;
  /** Recalls in force that do not hold the whole activation. */
  readonly recalls: readonly Recall[];
  /** Its number within the campaign. */
  readonly versionNumber: number;
  /** What the vendor has applied of its test: who entered without an arm gets it. Null: nothing. */
  readonly testWinner: string | null;
  /** The campaign's theme: people may want no mail on it. */
  readonly topic: string;
}

/** What is read for activations of one partner. */
interface ReadFor {
  readonly calendar: StoredCalendar;
  /** Vendors whose campaigns with the partner are over. */
  readonly ended: ReadonlySet<VendorId>;
  readonly version: PublishedVersion;
  /** Of those that were updated. */
  readonly editions: ReadonlyMap<ActivationId, readonly Edition[]>;
}

/** A hold of the vendor, or a recall, holds whatever has not stopped. */
const sendingStatus = ({ status, vendorHeldAt }: Activation, isRecalled: boolean): ActivationStatus =>
  (vendorHeldAt !== null || isRecalled) && status !== 'stopped' ? 'held' : status;

/** Reads activations for enrolling contacts and sending e-mails. */
@Injectable()
export class RunningActivations {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly repository: ActivationsRepository,
    private readonly published: PublishedVersions,
    private readonly compiled: CompiledCampaigns,
    private readonly calendars: Calendars,
    private readonly editions: EditionsRepository,
  ) {}

  /**
   * Under a process's actor that names the partner. After the end of the
   * partnership it is stopped, also before the job that stops it has run. While
   * its vendor holds it or has recalled all of it, it is held, also one that may
   * send after its completion.
   */
  async forSending(actor: PartnerActor | SystemActor, id: ActivationId): Promise<RunningActivation> {
    const launched = await this.repository.get(actor, id);
    const { partnerId, vendorId, versionId } = launched;
    return this.running(actor, launched, {
      calendar: await this.calendars.get(actor, partnerId),
      ended: await this.endedPartnerships(actor, partnerId, [vendorId]),
      version: await this.published.launched(actor, versionId, partnerId),
      editions: await this.editionsOf(actor, [launched]),
    });
  }

  /**
   * Like `forSending`, of several activations of one partner, in as many statements as of one.
   * Those that do not exist are left out.
   */
  async allForSending(actor: SystemActor, ids: readonly ActivationId[]): Promise<RunningActivation[]> {
    return this.database.inTransaction(actor, async () => {
      const launched = await this.repository.byIds(actor, ids);
      const [first] = launched;
      if (first === undefined) return [];
      const { partnerId } = first;
      const calendar = await this.calendars.get(actor, partnerId);
      const ended = await this.endedPartnerships(actor, partnerId, [
        ...new Set(launched.map(({ vendorId }) => vendorId)),
      ]);
      const versions = await this.published.allLaunched(
        actor,
        launched.map(({ versionId }) => versionId),
        partnerId,
      );
      const editions = await this.editionsOf(actor, launched);
      const running: RunningActivation[] = [];
      for (const one of launched) {
        const version = versions.get(one.versionId);
        if (version === undefined) throw notFound('campaign-version', one.versionId);
        running.push(await this.running(actor, one, { calendar, ended, version, editions }));
      }
      return running;
    });
  }

  /**
   * The activation as it runs in the open transaction: `known`, unless an
   * update has made another edition the present one since it was read.
   */
  async atPresentEdition(actor: SystemActor, known: RunningActivation): Promise<RunningActivation> {
    const { id, edition } = known.activation;
    return (await this.editions.presentOf(id)) === edition ? known : this.forSending(actor, id);
  }

  /**
   * Whether it is over.
   * Locks the state until the transaction ends.
   * So the effects of an end come after this transaction's.
   */
  async isOver(id: ActivationId): Promise<boolean> {
    return isOver(await this.repository.lockedStatus(id));
  }

  /** Records that the contacts of its launch are enrolled, in the open transaction. */
  async markEnrolled(id: ActivationId): Promise<void> {
    await this.repository.markEnrolled(id, this.clock.now());
  }

  private async running(
    actor: PartnerActor | SystemActor,
    launched: Activation,
    { calendar, ended, version, editions }: ReadFor,
  ): Promise<RunningActivation> {
    const isRecalled = version.recalls.some(stopsEverything);
    const status = ended.has(launched.vendorId) ? 'stopped' : sendingStatus(launched, isRecalled);
    const activation = { ...launched, status, choices: choicesWith(launched, calendar) };
    const { definition, emails, notices = {} } = await this.compiled.load(version.compiledHash);
    const [first = activation.locale, ...others] = definition.locales;
    return {
      activation,
      sequence: definition.sequence,
      ...(launched.editions > 1
        ? { others: await this.otherSequences(actor, launched, editions.get(launched.id) ?? []) }
        : {}),
      locales: [first, ...others],
      emails,
      notices,
      freePosts: Object.keys(definition.social).filter(
        (post) => !definition.sequence.steps.some((step) => step.kind === 'post' && step.post === post),
      ),
      landingPage: Object.keys(definition.pages)[0] ?? null,
      versionLive: version.status === 'published' || isRecalled,
      recalls: isRecalled ? [] : version.recalls,
      versionNumber: version.number,
      testWinner: version.testWinner,
      topic: version.theme,
    };
  }

  /** The editions of those that were updated: nothing is read for the others. */
  private async editionsOf(
    actor: PartnerActor | SystemActor,
    launched: readonly Activation[],
  ): Promise<ReadFor['editions']> {
    const updated = launched.filter(({ editions }) => editions > 1);
    return updated.length === 0
      ? new Map<never, never>()
      : this.editions.editionsOfAll(
          actor,
          updated.map(({ id }) => id),
        );
  }

  private async otherSequences(
    actor: PartnerActor | SystemActor,
    { edition }: Activation,
    editions: readonly Edition[],
  ): Promise<ReadonlyMap<number, SequenceDefinition>> {
    const sequences = new Map<number, SequenceDefinition>();
    for (const { number, versionId } of editions) {
      if (number === edition) continue;
      const compiledHash = await this.published.contentOf(actor, versionId);
      sequences.set(number, (await this.compiled.load(compiledHash)).definition.sequence);
    }
    return sequences;
  }

  /** Those of the vendors for whose campaigns the partner's time is over, in every programme. */
  private async endedPartnerships(
    actor: PartnerActor | SystemActor,
    partnerId: PartnerId,
    vendorIds: readonly VendorId[],
  ): Promise<ReadonlySet<VendorId>> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ vendorId: VendorId }>(
        `SELECT vendor_id FROM organisations.membership_view WHERE partner_id = $1 AND vendor_id = ANY ($2)
         GROUP BY vendor_id HAVING bool_and(coalesce(campaigns_end_at <= $3, status = 'ended'))`,
        [partnerId, vendorIds, this.clock.now()],
      ),
    );
    return new Set(rows.map(({ vendorId }) => vendorId));
  }
}
