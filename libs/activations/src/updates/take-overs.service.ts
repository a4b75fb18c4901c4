import { Injectable } from '@nestjs/common';
import { digestOf, leadRuleOf } from '#content';
import { Database } from '#database';
import { type SystemActor, systemActor } from '#kernel';
import { choiceProblems, type PartnerChoices, type SequenceDefinition } from '#sequencing';
import type { Activation } from '../activation.js';
import { ActivationsRepository } from '../activations.repository.js';
import { brandGaps } from '../branding/brand-gaps.js';
import { plannedEndOf } from '../planned-end.js';
import { EditionChanges } from './edition-changes.service.js';
import { type Edition, EditionsRepository } from './editions.repository.js';
import { UpdateMail } from './update-mail.service.js';
import { type UpdateMerge, UpdateMerges } from './update-merges.service.js';
import { UpdateSources } from './update-sources.service.js';
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
    private readonly repository: ActivationsRepository,
    private readonly editions: EditionsRepository,
    private readonly rows: VersionUpdatesRepository,
    private readonly merges: UpdateMerges,
    private readonly sources: UpdateSources,
    private readonly changes: EditionChanges,
    private readonly mail: UpdateMail,
  ) {}

  /** Updates an activation, or says why it keeps its version. Idempotent. */
  async takeOver(row: ActivationUpdate): Promise<void> {
    const actor = systemActor('updates', { partnerId: row.partnerId });
    const activation = await this.repository.get(actor, row.activationId);
    if (activation.status === 'stopped') return this.finish(actor, row, { state: 'over' });
    if (activation.versionId === row.versionId) return this.finish(actor, row, { state: 'done' });
    // With the lock, `PresentEditions` does nothing if another edition is present by then.
    if (!(await this.rows.runsEarlier(actor, row))) return this.finish(actor, row, { state: 'over' });
    const merge = await this.merges.merge(actor, activation, row.versionId, row.answers);
    const refusal = refusalOf(activation, merge);
    if (refusal !== null) return this.finish(actor, row, { state: 'refused', refusal });
    const openSlots = [...merge.merged.conflicts.map(({ name }) => name), ...merge.merged.missing];
    if (openSlots.length > 0)
      return this.finish(actor, row, { state: 'asks-partner', openSlots }, () =>
        this.mail.postAsk(actor, row, activation, openSlots.length),
      );
    const baked = await this.sources.bake(actor, activation, merge);
    if (baked === null) return this.finish(actor, row, { state: 'refused', refusal: 'not-possible' });
    await this.changes.add(actor, row, activation, editionOf(activation, merge), baked);
  }

  /** Makes the edition before the update the present one again, see `editionBefore`. Idempotent. */
  async rollBack(row: ActivationUpdate): Promise<void> {
    const actor = systemActor('updates', { partnerId: row.partnerId });
    const activation = await this.repository.get(actor, row.activationId);
    if (activation.status === 'stopped') return this.finish(actor, row, { state: 'over' });
    const editions = await this.editions.editionsOf(actor, row.activationId);
    const before = await this.rows.editionBefore(actor, row);
    const earlier = editions.find(({ number }) => number === before);
    if (earlier === undefined || activation.edition !== row.toEdition)
      return this.finish(actor, row, { state: 'rolled-back' });
    const source = await this.sources.ofEdition(actor, activation, earlier);
    if (source === null) return this.finish(actor, row, { state: 'refused', refusal: 'version-ended' });
    await this.changes.returnTo(actor, row, activation, earlier, source);
  }

  private async finish(
    actor: SystemActor,
    row: ActivationUpdate,
    result: UpdateResult,
    andAlso: () => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    await this.database.inTransaction(actor, async () => {
      if ((await this.rows.lockRow(row)) === null) return;
      await this.rows.finish(row, result);
      await andAlso();
    });
  }
}

function editionOf(activation: Activation, { version, after, profile, merged }: UpdateMerge): Edition {
  const { sequence } = after.definition;
  return {
    number: activation.editions + 1,
    versionId: version.versionId,
    slots: merged.values,
    parked: merged.parked,
    choices: choicesFor(sequence, activation.choices),
    brandVersion: profile.version,
    leadsFromClicks: leadRuleOf(after.definition).clicks !== null,
    plannedEndAt: laterEnd(activation, sequence),
  };
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
