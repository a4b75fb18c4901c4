import { Inject, Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { BrandProfiles, type BrandProfile } from '#brand';
import { PublishedCampaigns } from '#campaigns';
import { CONFIG, type Config } from '#config';
import { type CompiledCampaign, CompiledCampaigns, digestOf, leadRuleOf } from '#content';
import { Database } from '#database';
import { Jobs } from '#jobs';
import { Clock, DomainError, type SystemActor, systemActor } from '#kernel';
import { choiceProblems, type PartnerChoices, type SequenceDefinition } from '#sequencing';
import type { Activation } from '../activation.js';
import { COBRAND_ASSETS } from '../activations.jobs.js';
import { ActivationsRepository, type Edition } from '../activations.repository.js';
import { brandGaps } from '../branding/brand-gaps.js';
import type { SlotTexts } from '../branding/slot-texts.js';
import type { LaunchSource } from '../launch/launch-brand.service.js';
import { type LaunchContent, LaunchContents } from '../launch/launch-contents.service.js';
import { LaunchedSequences } from '../launched-sequences.js';
import { plannedEndOf } from '../planned-end.js';
import { EditionsRepository } from './editions.repository.js';
import { UpdateMail } from './update-mail.service.js';
import { type UpdateMerge, UpdateMerges } from './update-merges.service.js';
import type { ActivationUpdate, UpdateRefusal } from './version-update.js';
import { type UpdateResult, VersionUpdatesRepository } from './version-updates.repository.js';

/**
 * Puts another version under one running activation, and takes that back.
 * Contacts keep their rows: each is moved to its step of the present edition
 * when it is due (`advance` in #sequencing). So the transaction is as short for
 * 250,000 contacts as for one, and a crash leaves all of it or nothing.
 */
@Injectable()
export class TakeOvers {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly jobs: Jobs,
    private readonly repository: ActivationsRepository,
    private readonly editions: EditionsRepository,
    private readonly rows: VersionUpdatesRepository,
    private readonly merges: UpdateMerges,
    private readonly contents: LaunchContents,
    private readonly sequences: LaunchedSequences,
    private readonly published: PublishedCampaigns,
    private readonly compiled: CompiledCampaigns,
    private readonly profiles: BrandProfiles,
    private readonly mail: UpdateMail,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /** Updates an activation, or says why it keeps its version. Idempotent. */
  async takeOver(row: ActivationUpdate): Promise<void> {
    const actor = systemActor('updates', { partnerId: row.partnerId });
    const activation = await this.repository.get(actor, row.activationId);
    if (activation.status === 'stopped') return this.finish(actor, row, { state: 'over' });
    if (activation.versionId === row.versionId) return this.finish(actor, row, { state: 'done' });
    const merge = await this.merges.merge(actor, activation, row.versionId, row.answers);
    const refusal = refusalOf(activation, merge);
    if (refusal !== null) return this.finish(actor, row, { state: 'refused', refusal });
    const openSlots = [...merge.merged.conflicts.map(({ name }) => name), ...merge.merged.missing];
    if (openSlots.length > 0) return this.ask(actor, row, activation, openSlots);
    const source = this.sourceOf(activation, merge.after, merge.merged.values, merge.profile);
    const content = await this.baked(actor, activation, merge, source);
    if (content === null) return this.finish(actor, row, { state: 'refused', refusal: 'not-possible' });
    await this.replace(actor, row, activation, { merge, source, content });
  }

  /** Makes the edition before the update the present one again. Idempotent. */
  async rollBack(row: ActivationUpdate): Promise<void> {
    const actor = systemActor('updates', { partnerId: row.partnerId });
    const activation = await this.repository.get(actor, row.activationId);
    const isUpdated = activation.edition === row.toEdition && row.fromEdition !== row.toEdition;
    if (activation.status === 'stopped' || !isUpdated)
      return this.finish(actor, row, { state: activation.status === 'stopped' ? 'over' : 'rolled-back' });
    const editions = await this.repository.editionsOf(actor, row.activationId);
    const earlier = editions.find(({ number }) => number === row.fromEdition);
    if (earlier === undefined) throw new Error(`Edition ${row.fromEdition} of ${row.activationId} is missing.`);
    const version = await this.published.launched(actor, earlier.versionId);
    if (version.status !== 'published') return this.finish(actor, row, { state: 'refused', refusal: 'version-ended' });
    const compiled = await this.compiled.load(version.compiledHash);
    const source = this.sourceOf(activation, compiled, earlier.slots, await this.profiles.current(actor));
    await this.database.inTransaction(actor, async () => {
      if (!(await this.isAsBefore(row, activation))) return;
      await this.contents.saveLinks(actor, activation, source);
      await this.makePresent(actor, activation, earlier, compiled.definition.sequence);
      await this.rows.finish(row, { state: 'rolled-back' }, this.clock.now());
      await this.record(actor, activation, 'activation.update-rolled-back', earlier);
    });
  }

  private async replace(
    actor: SystemActor,
    row: ActivationUpdate,
    activation: Activation,
    { merge, source, content }: { merge: UpdateMerge; source: LaunchSource; content: LaunchContent },
  ): Promise<void> {
    const { version, after, profile, merged } = merge;
    const { sequence } = after.definition;
    const number = activation.editions + 1;
    const edition: Edition = {
      number,
      versionId: version.versionId,
      slots: merged.values,
      parked: merged.parked,
      choices: choicesFor(sequence, activation.choices),
      brandVersion: profile.version,
      leadsFromClicks: leadRuleOf(after.definition).clicks !== null,
      plannedEndAt: laterEnd(activation, sequence),
    };
    await this.database.inTransaction(actor, async () => {
      if (!(await this.isAsBefore(row, activation))) return;
      const now = this.clock.now();
      if (activation.editions === 1) await this.editions.insertFirst(activation, now);
      await this.editions.insert(activation, edition, now);
      const { id, partnerId } = activation;
      await this.contents.save(actor, { id, partnerId, edition: number }, content, source);
      await this.makePresent(actor, activation, edition, sequence);
      await this.jobs.enqueue(COBRAND_ASSETS, { activationId: id, partnerId });
      await this.rows.finish(row, { state: 'done', fromEdition: activation.edition, toEdition: number }, now);
      await this.record(actor, activation, 'activation.updated', edition);
    });
  }

  /** Whether neither the activation nor its row was changed since they were read. Locks both. */
  private async isAsBefore(row: ActivationUpdate, { id, status, edition }: Activation): Promise<boolean> {
    if ((await this.rows.lockRow(row)) === null) return false;
    const present = await this.editions.lock(id);
    return present.edition === edition && present.status === status;
  }

  private async makePresent(
    actor: SystemActor,
    { id }: Activation,
    edition: Edition,
    sequence: SequenceDefinition,
  ): Promise<void> {
    await this.editions.makePresent(id, edition);
    await this.sequences.replace(actor, id, sequence);
  }

  private async ask(
    actor: SystemActor,
    row: ActivationUpdate,
    activation: Activation,
    openSlots: readonly string[],
  ): Promise<void> {
    await this.database.inTransaction(actor, async () => {
      if ((await this.rows.lockRow(row)) === null) return;
      await this.rows.finish(row, { state: 'asks-partner', openSlots }, this.clock.now());
      await this.mail.postAsk(actor, row, activation, openSlots.length);
    });
  }

  private async finish(actor: SystemActor, row: ActivationUpdate, result: UpdateResult): Promise<void> {
    await this.database.inTransaction(actor, async () => {
      if ((await this.rows.lockRow(row)) !== null) await this.rows.finish(row, result, this.clock.now());
    });
  }

  /** @returns null if the version cannot be shown in the partner's brand. */
  private async baked(
    actor: SystemActor,
    activation: Activation,
    { version }: UpdateMerge,
    source: LaunchSource,
  ): Promise<LaunchContent | null> {
    try {
      return await this.contents.bake(actor, activation.id, version, source);
    } catch (error) {
      if (error instanceof DomainError && error.kind !== 'unavailable') return null;
      throw error;
    }
  }

  private sourceOf(
    { slug, locale }: Activation,
    compiled: CompiledCampaign,
    slots: SlotTexts,
    profile: BrandProfile,
  ): LaunchSource {
    const page = `${this.config.PUBLIC_URL}/p/${slug}`;
    return { profile, compiled, slots, locale, formAction: `${page}/form`, slug, page };
  }

  private async record(
    actor: SystemActor,
    { id, partnerId, vendorId, versionId }: Activation,
    action: 'activation.updated' | 'activation.update-rolled-back',
    to: Pick<Edition, 'versionId' | 'number'>,
  ): Promise<void> {
    const details = { fromVersionId: versionId, versionId: to.versionId, edition: to.number };
    await this.audit.recordForBoth(
      actor,
      { action, subject: { kind: 'activation', id }, details },
      { partnerId, vendorId },
    );
  }
}

function refusalOf({ locale }: Activation, { version, after, profile }: UpdateMerge): UpdateRefusal | null {
  if (version.status !== 'published') return 'version-ended';
  if (!after.definition.locales.includes(locale)) return 'language-gone';
  return brandGaps(digestOf(after), profile).length > 0 ? 'brand-incomplete' : null;
}

/** The partner's choices that the sequence allows: a step that is gone has none. */
function choicesFor(sequence: SequenceDefinition, choices: PartnerChoices): PartnerChoices {
  const isAllowed = (part: Pick<PartnerChoices, 'shiftDays' | 'skip'>): boolean =>
    choiceProblems(sequence, { ...part, blackouts: [] }).every(({ code }) => code === 'all-skipped');
  const skip = choices.skip.filter((key) => isAllowed({ shiftDays: {}, skip: [key] }));
  const shifts = Object.entries(choices.shiftDays).filter(([key, days]) =>
    isAllowed({ shiftDays: { [key]: days }, skip: [] }),
  );
  const kept = { ...choices, shiftDays: Object.fromEntries(shifts), skip };
  return choiceProblems(sequence, kept).length === 0 ? kept : { ...kept, skip: [] };
}

/** From the graph and the start alone, as at the launch: it tells nothing about contacts. Never earlier. */
function laterEnd({ plannedEndAt, startAt }: Activation, sequence: SequenceDefinition): Date | null {
  if (plannedEndAt === null) return null;
  const end = plannedEndOf(sequence, startAt);
  return end > plannedEndAt ? end : plannedEndAt;
}
