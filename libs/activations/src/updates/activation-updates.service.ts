import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import {
  type CampaignDifference,
  type CampaignSlot,
  type CompiledCampaign,
  differenceBetween,
  programTexts,
  sentEmails,
} from '#content';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { type ActivationId, Clock, DomainError, type Locale, notFound, type PartnerActor } from '#kernel';
import type { Personal, SlotNodes, ValueProblem } from '#rendering';
import { type Activation, isOver } from '../activation.js';
import { ActivationsRepository } from '../activations.repository.js';
import { type SlotTexts, unknownSlot } from '../branding/slot-texts.js';
import { PastUpdates } from './past-updates.service.js';
import { type UpdatePlan, updatePlan } from './update-plan.js';
import { UpdateMerges } from './update-merges.service.js';
import { UpdatePreviews, type VersionWithValues } from './update-previews.service.js';
import type { SlotConflict, ValueMerge } from './value-merge.js';
import type { ActivationUpdate } from './version-update.js';
import { VersionUpdatesRepository } from './version-updates.repository.js';

/** A slot that a partner must decide on. */
export interface OpenSlot extends Omit<SlotConflict, 'value'> {
  readonly slot: CampaignSlot;
  /** The partner's value now; null for a new slot. */
  readonly value: SlotNodes | null;
  /** The slot for what a picture shows in words, with its value now; null: no picture. */
  readonly alt: { readonly slot: CampaignSlot; readonly value: SlotNodes | null } | null;
}

/** An e-mail before and after an update; null: that version does not send it, or it is recalled there. */
export interface EmailsOfUpdate {
  readonly before: Personal | null;
  readonly after: Personal | null;
}

/** What an update changes of one activation, for its partner. */
export interface UpdateOfActivation {
  readonly update: ActivationUpdate & { readonly versionNumber: number };
  readonly plan: UpdatePlan;
  readonly difference: CampaignDifference;
  readonly open: readonly OpenSlot[];
  /** E-mails to compare: those that differ, and those that have an open slot. */
  readonly compared: readonly { readonly key: string; readonly title: string }[];
  readonly locale: Locale;
}

/** A partner sees what an update changes, and decides on texts that do not fit. */
@Injectable()
export class ActivationUpdates {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly repository: ActivationsRepository,
    private readonly rows: VersionUpdatesRepository,
    private readonly merges: UpdateMerges,
    private readonly previews: UpdatePreviews,
    private readonly past: PastUpdates,
  ) {}

  /** The newest update of an activation; null: none, or it or the activation is over. */
  async find(actor: PartnerActor, id: ActivationId): Promise<UpdateOfActivation | null> {
    requirePermission(actor, 'activations.read');
    const activation = await this.repository.get(actor, id);
    const update = await this.rows.ofActivation(actor, id);
    if (update === null || isOver(activation.status)) return null;
    if (!['waiting', 'asks-partner', 'refused'].includes(update.state)) return null;
    const { before, after, merged } = await this.merges.merge(actor, activation, update.versionId, update.answers);
    const slotOf = (name: string): CampaignSlot[] => after.slots.filter((slot) => slot.name === name);
    const altOf = ({ name, picture }: CampaignSlot): OpenSlot['alt'] => {
      const [slot] = picture === undefined ? [] : slotOf(name.replace(/\.picture$/, '.alt'));
      return slot === undefined ? null : { slot, value: merged.values[slot.name] ?? null };
    };
    const { locale } = activation;
    const difference = differenceBetween(before, after, locale);
    const open = [
      ...merged.conflicts.flatMap((conflict) =>
        slotOf(conflict.name).map((slot) => ({ ...conflict, slot, alt: altOf(slot) })),
      ),
      ...merged.missing.flatMap((name) =>
        slotOf(name).map((slot) => ({ slot, name, value: null, problems: [], suggestion: null, alt: altOf(slot) })),
      ),
    ];
    const compared = comparedEmails(difference, after, { open, locale });
    return { update, plan: updatePlan(before, after), difference, open, compared, locale };
  }

  /**
   * An e-mail before and after the update, also one that is done, for a sample
   * recipient. Values that do not fit are shown as they are suggested.
   * @throws DomainError `version-update.not-found`, `email.not-found`.
   */
  async preview(actor: PartnerActor, id: ActivationId, key: string, answers: SlotTexts): Promise<EmailsOfUpdate> {
    requirePermission(actor, 'activations.read');
    const activation = await this.repository.get(actor, id);
    const update = await this.rows.ofActivation(actor, id);
    if (update === null) throw notFound('version-update', id);
    const sides =
      (await this.past.sides(actor, activation, update)) ??
      (await this.planned(actor, activation, update, { ...update.answers, ...answers }));
    const shown = {
      before: await this.previews.show(actor, activation, sides.before, key),
      after: await this.previews.show(actor, activation, sides.after, key),
    };
    if (shown.before === null && shown.after === null) throw notFound('email', key);
    return shown;
  }

  /** An activation as it is, and as it is to be. */
  private async planned(
    actor: PartnerActor,
    activation: Activation,
    { versionId }: ActivationUpdate,
    answers: SlotTexts,
  ): Promise<{ readonly before: VersionWithValues; readonly after: VersionWithValues }> {
    const { before, after, merged } = await this.merges.merge(actor, activation, versionId, answers);
    return {
      before: { compiled: before, versionId: activation.versionId, slots: activation.slots },
      after: { compiled: after, versionId, slots: shownValues(merged) },
    };
  }

  /**
   * Stores a partner's values for the newer version. The update follows within
   * seconds if all of them fit.
   * @throws DomainError `update.slot-unknown` and `update.answers-incomplete` with
   *   `details.problems`, `update.not-asked`.
   */
  async answer(actor: PartnerActor, id: ActivationId, answers: SlotTexts): Promise<void> {
    requirePermission(actor, 'activations.launch');
    const activation = await this.repository.get(actor, id);
    const update = await this.rows.ofActivation(actor, id);
    if (update === null) throw notFound('version-update', id);
    if (update.state !== 'asks-partner' || isOver(activation.status)) throw notAsked();
    const given = { ...update.answers, ...answers };
    const merge = await this.merges.merge(actor, activation, update.versionId, given);
    requireKnown(merge.after.slots, Object.keys(answers));
    requireComplete(merge.merged, await this.merges.pictureProblems(actor, merge));
    await this.database.inTransaction(actor, async () => {
      if (!(await this.rows.answer(update, answers, actor.name, this.clock.now()))) throw notAsked();
      await this.audit.record(actor, {
        action: 'activation.update-answered',
        subject: { kind: 'activation', id },
        vendorId: activation.vendorId,
        details: { versionId: update.versionId, slots: Object.keys(answers) },
      });
    });
  }
}

function comparedEmails(
  { emails }: CampaignDifference,
  after: CompiledCampaign,
  { open, locale }: Pick<UpdateOfActivation, 'open' | 'locale'>,
): UpdateOfActivation['compared'] {
  const asking = new Set(open.flatMap(({ slot }) => slot.usedIn));
  const differing = new Set(emails.map(({ key }) => key));
  return [
    ...emails.map(({ key, title }) => ({ key, title })),
    ...sentEmails(after)
      .filter(({ key }) => asking.has(`emails.${key}`) && !differing.has(key))
      .map(({ key, masters }) => ({ key, title: programTexts(masters, 'subject')[locale] ?? key })),
  ];
}

function shownValues({ values, conflicts }: ValueMerge): SlotTexts {
  const inConflict = new Map(conflicts.map(({ name, suggestion }) => [name, suggestion]));
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const shown = inConflict.has(name) ? (inConflict.get(name) ?? null) : value;
      return shown === null ? [] : [[name, shown] as const];
    }),
  );
}

function requireKnown(slots: readonly CampaignSlot[], names: readonly string[]): void {
  const known = new Set(slots.map(({ name }) => name));
  const problems = names
    .filter((name) => !known.has(name))
    .map((name) => ({ ...unknownSlot(name), field: `answers.${name}` }));
  const [first] = problems;
  if (first === undefined) return;
  throw new DomainError('update.slot-unknown', `${first.message} ${first.remedy}`, { field: first.field, problems });
}

function requireComplete({ conflicts, missing }: ValueMerge, ofPictures: readonly ValueProblem[]): void {
  const open = conflicts.flatMap(({ name, problems: found }) =>
    found.map((problem) => ({ ...problem, field: `answers.${name}` })),
  );
  const known = new Set(open.map(({ code, field }) => `${code} ${field}`));
  const more = ofPictures.map((problem) => ({ ...problem, field: `answers${problem.path.slice('slot'.length)}` }));
  const problems = [
    ...open,
    ...more.filter(({ code, field }) => !known.has(`${code} ${field}`)),
    ...missing.map((name) => ({
      code: 'slot-empty',
      field: `answers.${name}`,
      message: `The new version needs the text “${name}”.`,
      remedy: 'Write something, or take the suggested text.',
      named: { what: name },
    })),
  ];
  const [first] = problems;
  if (first === undefined) return;
  throw new DomainError('update.answers-incomplete', `${first.message} ${first.remedy}`, {
    field: first.field,
    problems,
  });
}

const notAsked = (): DomainError =>
  new DomainError(
    'update.not-asked',
    'This campaign waits for no texts of yours: it was updated or is over, or the vendor took the update back. Reload the page.',
    {},
    { kind: 'conflict' },
  );
