import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { type CompiledCampaign, leadRuleOf } from '#content';
import { type CampaignId, Clock, DomainError, isTimeZone, type VendorActor, HOUR_MS } from '#kernel';
import { Organisations } from '#organisations';
import {
  type ContactField,
  CountryHolidays,
  type SequenceEvent,
  holidayOf,
  leadMoments,
  type Delay,
  delaysOf,
  entriesOf,
  type Entry,
  NO_CHOICES,
  type PartnerChoices,
  NOT_STRICTER,
  qualifiedAt,
  type Rehearsal,
  rehearse,
  type RehearsedStep,
  type SequenceDefinition,
  testedStepOf,
} from '#sequencing';
import { CampaignLibrary } from './campaign-library.service.js';

/** A contact that there is not. */
export interface SampleContact {
  readonly name: string;
  readonly timeZone: string;
  /** What is not there is not known of it. */
  readonly fields: Partial<Record<ContactField, string>>;
  /** What is drawn for it in the test; null: the first. */
  readonly arm: string | null;
  /** What it does, counted from the start. */
  readonly events: readonly {
    readonly kind: 'click' | 'form' | 'reply' | 'event';
    readonly name: string | null;
    readonly afterHours: number;
  }[];
}

export interface SampleDryRun {
  readonly startAt: Date;
  readonly until: Date;
  readonly samples: readonly SampleResult[];
}

/** The path of a sample contact through the sequence. */
interface SampleResult {
  readonly contact: SampleContact;
  /** Each step with its delays. */
  readonly steps: readonly (RehearsedStep & { readonly moves: readonly Delay[] })[];
  readonly end: Rehearsal['end'];
  readonly lead: ForeseenLead | null;
}

/**
 * When a sample contact becomes a lead, with reminder and escalation if it
 * stays new.
 */
interface ForeseenLead {
  readonly at: Date;
  readonly reminder: Date;
  readonly escalation: Date;
}

const HORIZON_MS = 90 * 24 * HOUR_MS;

/**
 * Shows a vendor which mail goes when, on sample contacts.
 * The vendor may not see the contacts of partners.
 */
@Injectable()
export class SampleDryRuns {
  constructor(
    private readonly library: CampaignLibrary,
    private readonly organisations: Organisations,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_HOLIDAYS'>,
  ) {}

  /**
   * @param start `startAt`: null: now. `entry`: the rule by which they enter;
   *   null: the list at launch, or else the first rule.
   * @throws DomainError `campaign-version.not-found`, `dry-run.time-zone`,
   *   `dry-run.entry`, `dry-run.arm`.
   */
  async simulate(
    actor: VendorActor,
    { campaignId, number }: { campaignId: CampaignId; number: number },
    contacts: readonly SampleContact[],
    { startAt, entry }: { readonly startAt: Date | null; readonly entry: string | null },
  ): Promise<SampleDryRun> {
    contacts.forEach(refuseZone);
    const { compiled } = await this.library.version(actor, campaignId, number);
    const rule = entry === null ? undefined : requireEntry(compiled, entry);
    const from = startAt ?? this.clock.now();
    const until = new Date(from.getTime() + HORIZON_MS);
    const choices = { ...NO_CHOICES, publicHolidays: await this.publicHolidays(actor) };
    const samples = contacts.map((contact) => {
      const { timeZone: zone, fields } = contact;
      const arm = requireArm(compiled, contact);
      const situation = { zone, country: fields.country ?? null, fields, arm, lists: [], choices };
      const run = (events: readonly SequenceEvent[]): Rehearsal =>
        rehearse(compiled.definition.sequence, { startAt: from, until, entry: rule?.key, ...situation, events });
      const events = eventsOf(contact, from);
      // The form by which they enter makes them leads.
      const leadAt = rule?.when.on === 'form' ? from : leadMoment(events, run, compiled);
      const { steps, end } = run(leadAt === null ? events : inOrder([...events, becomesLead(leadAt)]));
      const moved = steps.map((step) => ({
        ...step,
        moves: movesOfStep(compiled.definition.sequence, step, situation),
      }));
      return {
        contact,
        steps: moved,
        end,
        lead: leadAt === null ? null : foreseenLead(compiled, contact, leadAt, choices),
      };
    });
    return { startAt: from, until, samples };
  }

  /**
   * As of a partner in the vendor's country that has changed nothing. Absent:
   * such a partner sends on them.
   */
  private async publicHolidays(actor: VendorActor): Promise<CountryHolidays | undefined> {
    if (!this.config.PUBLIC_HOLIDAYS) return undefined;
    const { countryCode } = await this.organisations.get(actor, actor.vendorId);
    return CountryHolidays.load(countryCode);
  }
}

function movesOfStep(
  sequence: SequenceDefinition,
  { step, at, wanted }: RehearsedStep,
  situation: Parameters<typeof delaysOf>[3],
): Delay[] {
  return wanted === null ? [] : delaysOf(sequence, step, { wanted, at }, situation);
}

/** @returns what the sequence tests with the contact; null: it tests nothing. */
function requireArm({ definition }: CompiledCampaign, { arm }: SampleContact): string | null {
  const arms: readonly string[] = testedStepOf(definition.sequence)?.arms ?? [];
  if (arm === null || arms.includes(arm)) return arm ?? arms[0] ?? null;
  throw new DomainError(
    'dry-run.arm',
    `The sequence does not test “${arm}”. ${arms.length === 0 ? 'It tests nothing: leave it out.' : `Use one of ${arms.join(', ')}.`}`,
    { field: 'arm' },
  );
}

function requireEntry({ definition }: CompiledCampaign, key: string): Entry {
  const entries = entriesOf(definition.sequence);
  const found = entries.find((one) => one.key === key);
  if (found !== undefined) return found;
  throw new DomainError(
    'dry-run.entry',
    `The sequence has no entry “${key}”. Use one of ${entries.map((one) => one.key).join(', ')}.`,
    { field: 'entry' },
  );
}

const inOrder = (events: SequenceEvent[]): SequenceEvent[] => events.sort((a, b) => a.at.getTime() - b.at.getTime());

const eventsOf = ({ events }: SampleContact, from: Date): SequenceEvent[] =>
  inOrder(
    events.map(({ kind, name, afterHours }) => ({
      kind,
      name,
      at: new Date(from.getTime() + afterHours * HOUR_MS),
    })),
  );

const becomesLead = (at: Date): SequenceEvent => ({ kind: 'lead', name: 'new', at });

/**
 * When a contact becomes a lead: by a form, by clicks under the campaign's
 * rule, or by a step. Null: never.
 */
function leadMoment(
  events: readonly SequenceEvent[],
  run: (events: readonly SequenceEvent[]) => Rehearsal,
  { definition }: CompiledCampaign,
): Date | null {
  const { clicks } = leadRuleOf(definition);
  const clicked = events.flatMap(({ kind, name, at }) => (kind === 'click' ? [{ link: name ?? '', at }] : []));
  const moments = [
    clicks === null ? null : qualifiedAt(clicked, clicks),
    events.find(({ kind }) => kind === 'form')?.at,
    run(events).steps.find(({ step, skip }) => step.kind === 'createLead' && skip === null)?.at,
  ].flatMap((at) => (at == null ? [] : [at.getTime()]));
  return moments.length === 0 ? null : new Date(Math.min(...moments));
}

/** By the clock of the sample, for there is no partner yet. */
function foreseenLead(
  { definition }: CompiledCampaign,
  { timeZone: zone, fields }: SampleContact,
  at: Date,
  choices: PartnerChoices,
): ForeseenLead {
  const isHoliday = holidayOf(definition.sequence, { country: fields.country ?? null, choices });
  return { at, ...leadMoments(leadRuleOf(definition), NOT_STRICTER, at, { zone, isHoliday }) };
}

function refuseZone({ name, timeZone }: SampleContact, at: number): void {
  if (isTimeZone(timeZone)) return;
  throw new DomainError('dry-run.time-zone', `“${timeZone}” of ${name} is no time zone. Write it as Europe/Berlin.`, {
    field: `samples.${at}.timeZone`,
  });
}
