import fc from 'fast-check';
import { type Recall, recallOf, stopsEverything } from '#campaigns';
import type { CampaignSlot } from '#content';
import { DAY_MS, type Locale, newId } from '#kernel';
import { checkSlot, slotFromText, type SlotNodes } from '#rendering';
import {
  advance,
  type Advance,
  begin,
  type Circumstances,
  END,
  type EnrolmentState,
  NO_CHOICES,
  NOTHING_KNOWN,
  sequenceAfter,
  type SequenceDefinition,
  sequenceSchema,
} from '#sequencing';
import type { SlotTexts } from '../branding/slot-texts.js';
import { mergeValues } from './value-merge.js';

/** A version as an author edits it: steps in order, and the limits of slots. */
interface Version {
  readonly steps: readonly string[];
  readonly limits: Readonly<Record<string, number>>;
}

interface Contact {
  state: EnrolmentState;
  edition: number;
  /** The step whose e-mail is to be sent. */
  acting: { readonly step: string; readonly round: number } | null;
  readonly decisions: { readonly step: string; readonly round: number; readonly reason: string }[];
}

interface Edition {
  readonly version: Version;
  readonly values: SlotTexts;
}

/**
 * An activation as the product keeps it: editions, of which one is present, and
 * contacts whose positions carry an edition. It uses the product's rules; the
 * model below does not.
 */
class Running {
  readonly editions: Edition[];
  readonly contacts: Contact[] = [];
  present = 0;
  isHeld = false;

  constructor(
    version: Version,
    values: SlotTexts,
    people: number,
    now: Date,
    private readonly recalls: Recalls,
  ) {
    this.editions = [{ version, values }];
    for (let n = 0; n < people; n++) {
      const state: EnrolmentState = { state: 'waiting', step: null, round: 1, dueAt: null, since: now };
      const contact: Contact = { state, edition: 0, acting: null, decisions: [] };
      this.contacts.push(contact);
      this.apply(contact, begin(sequenceOf(version), now, circumstances(now, contact)));
    }
  }

  get edition(): Edition {
    return this.editions[this.present]!;
  }

  /** @returns false if a value does not fit, or the version is recalled: then nothing changes. */
  update(version: Version): boolean {
    if (this.recalls.of(version).some(stopsEverything)) return false;
    const { values } = this.edition;
    const input = {
      before: slotsOf(this.edition.version),
      after: slotsOf(version),
      values,
      parked: this.parked(),
      answers: {},
    };
    const merged = mergeValues(input, check);
    if (merged.conflicts.length + merged.missing.length > 0) return false;
    this.editions.push({ version, values: merged.values });
    this.present = this.editions.length - 1;
    return true;
  }

  /** @returns false if that edition is of a recalled version. */
  returnTo(number: number): boolean {
    if (this.recalls.of(this.editions[number]!.version).some(stopsEverything)) return false;
    this.present = number;
    return true;
  }

  /** All contacts that are due by now, each until it waits again. */
  tick(now: Date): void {
    if (this.isHeld || this.recalls.of(this.edition.version).some(stopsEverything)) return;
    for (const contact of this.contacts) {
      this.send(contact, now);
      while (contact.state.dueAt !== null && contact.state.dueAt <= now && contact.state.state === 'waiting') {
        this.move(contact, { kind: 'due' }, now);
        this.send(contact, now);
      }
    }
  }

  /** A process that died after its decision and before its commit does the same again. */
  crash(now: Date): void {
    for (const contact of this.contacts) {
      const before = structuredClone({ state: contact.state, edition: contact.edition });
      const first = this.decide(contact, { kind: 'due' }, now);
      Object.assign(contact, before);
      expect(this.decide(contact, { kind: 'due' }, now)).toEqual(first);
    }
  }

  /** As the check before a submission: the e-mail is sent, skipped for a reason, or waits. */
  private send(contact: Contact, now: Date): void {
    const { acting, decisions } = contact;
    if (contact.state.state !== 'acting' || acting === null) return;
    const { version } = this.edition;
    const hasBegun = decisions.some(({ reason }) => reason === 'done');
    const email = { kind: 'email', key: acting.step, locale: 'en', hasBegun } as const;
    const recall = recallOf(this.recalls.of(version), email);
    if (recall !== null && recall.tactic === null) return;
    const isGone = !version.steps.includes(acting.step);
    contact.decisions.push({ ...acting, reason: isGone ? 'step-removed' : recall === null ? 'done' : 'recalled' });
    contact.acting = null;
    this.move(contact, { kind: 'decided', at: now }, now);
  }

  private parked(): SlotTexts {
    return Object.assign({}, ...this.editions.map(({ values }) => values)) as SlotTexts;
  }

  private decide(contact: Contact, event: Parameters<typeof advance>[2], now: Date): Advance {
    const sequence = sequenceOf(this.edition.version);
    const own =
      contact.edition === this.present
        ? sequence
        : sequenceAfter(sequenceOf(this.editions[contact.edition]!.version), sequence);
    return advance(own, contact.state, event, circumstances(now, contact));
  }

  private move(contact: Contact, event: Parameters<typeof advance>[2], now: Date): void {
    this.apply(contact, this.decide(contact, event, now));
  }

  private apply(contact: Contact, { next, effects }: Advance): void {
    for (const effect of effects) {
      if (effect.kind === 'act') contact.acting = { step: effect.step.key, round: effect.round };
      if (effect.kind === 'skip')
        contact.decisions.push({ step: effect.step.key, round: effect.round, reason: effect.reason });
    }
    if (contact.state.state !== 'acting' || next.state !== 'acting') contact.edition = this.present;
    contact.state = next;
  }
}

/** Recalls in force, as the product stores them. */
class Recalls {
  private readonly inForce: { readonly recall: Recall; readonly versions: readonly Version[] }[] = [];

  of(version: Version): Recall[] {
    return this.inForce.filter(({ versions }) => versions.includes(version)).map(({ recall }) => recall);
  }

  add({ versions, email, mode }: ModelRecall): void {
    const recall: Recall = {
      id: newId(),
      vendorId: newId(),
      campaignId: newId(),
      versionNumber: null,
      tactic: email === null ? null : { kind: 'email', key: email },
      asset: null,
      tactics: null,
      locale: null,
      group: null,
      partnerIds: null,
      mode,
      replacementId: null,
      reason: 'A wrong price',
      decidedAt: new Date(0),
      decidedBy: 'Maya',
      reversedAt: null,
      reversedBy: null,
      reversalReason: null,
    };
    this.inForce.unshift({ recall, versions });
  }

  /** @param at its place, oldest first. */
  reverse(at: number): void {
    this.inForce.splice(this.inForce.length - 1 - at, 1);
  }
}

const circumstances = (now: Date, { decisions, state }: Contact): Circumstances => ({
  now,
  zone: 'UTC',
  country: null,
  facts: NOTHING_KNOWN,
  choices: NO_CHOICES,
  arm: null,
  decided: new Set(decisions.filter(({ round }) => round === state.round).map(({ step }) => step)),
});

const known = new Map<string, SequenceDefinition>();
/** Each e-mail a day after the one before. */
function sequenceOf({ steps }: Version): SequenceDefinition {
  const name = steps.join(' ');
  const sequence =
    known.get(name) ??
    sequenceSchema.parse({
      window: { from: '00:00', to: '23:59', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] },
      steps: steps.flatMap((key) => [
        { key, email: key },
        { key: `after-${key}`, wait: { days: 1 } },
      ]),
    });
  known.set(name, sequence);
  return sequence;
}

const slotsOf = ({ limits }: Version): CampaignSlot[] =>
  Object.entries(limits).map(([name, maxChars]) => ({
    name,
    label: { en: name },
    format: 'plain',
    links: 'none',
    maxChars,
    maxLines: 1,
    required: false,
    default: { ['en' as Locale]: slotFromText('Vendor') },
    usedIn: [],
  }));

const check = ({ options = [], ...rule }: CampaignSlot, value: SlotNodes) =>
  checkSlot(
    { ...rule, label: rule.name, default: value, options: options.map(({ name }) => ({ name, label: name })) },
    value,
    { publicOrigin: 'https://x.example', partnerHosts: [] },
  );

/** The model: what was published, what runs, and how it was before each update. */
interface Model {
  readonly published: Version[];
  draft: Version;
  /** Versions and values before each update that is not rolled back. */
  readonly before: { readonly version: Version; readonly values: SlotTexts }[];
  runs: { readonly version: Version; readonly values: SlotTexts } | null;
  /** In force, oldest first. */
  recalls: readonly ModelRecall[];
  nowMs: number;
}
interface ModelRecall {
  readonly versions: readonly Version[];
  /** Null: all of them. */
  readonly email: string | null;
  readonly mode: 'stop' | 'finish';
}
interface Real {
  running: Running | null;
  readonly recalls: Recalls;
}

const recallsOf = ({ recalls }: Readonly<Model>, version: Version): ModelRecall[] =>
  recalls.filter(({ versions }) => versions.includes(version));
const isStopped = (model: Readonly<Model>, version: Version): boolean =>
  recallsOf(model, version).some(({ email, mode }) => email === null && mode === 'stop');

const now = ({ nowMs }: Model): Date => new Date(nowMs);

abstract class Step implements fc.Command<Model, Real> {
  check(model: Readonly<Model>): boolean {
    return model.runs !== null;
  }
  abstract act(model: Model, real: Real): void;
  run(model: Model, real: Real): void {
    this.act(model, real);
    const { running } = real;
    if (running === null || model.runs === null) return;
    // A roll-back gives back what was; an update puts nothing in its place.
    expect(running.edition).toEqual({ version: model.runs.version, values: model.runs.values });
    for (const { decisions } of running.contacts) {
      const had = decisions.map(({ step, round }) => `${step} ${round}`);
      expect(new Set(had).size).toBe(had.length);
    }
  }
  toString(): string {
    return this.constructor.name;
  }
}

class Edit extends Step {
  constructor(private readonly version: Version) {
    super();
  }
  override check = (): boolean => true;
  act(model: Model): void {
    model.draft = this.version;
  }
  override toString = (): string => `edit ${JSON.stringify(this.version)}`;
}

class PublishDraft extends Step {
  override check = (): boolean => true;
  act(model: Model): void {
    model.published.push({ ...model.draft });
  }
}

class Launch extends Step {
  override check = (model: Readonly<Model>): boolean =>
    model.runs === null && recallsOf(model, model.published.at(-1)!).every(({ email }) => email !== null);
  act(model: Model, real: Real): void {
    const version = model.published.at(-1)!;
    const values = Object.fromEntries(
      Object.entries(version.limits).map(([name, limit]) => [name, slotFromText('x'.repeat(limit))]),
    );
    model.runs = { version, values };
    real.running = new Running(version, values, 3, now(model), real.recalls);
  }
}

class Update extends Step {
  act(model: Model, real: Real): void {
    const version = model.published.at(-1)!;
    const { runs } = model;
    const isUpdated = real.running!.update(version);
    const isNarrower = Object.entries(version.limits).some(([name, limit]) => textLength(runs!.values[name]) > limit);
    if (isNarrower || isStopped(model, version)) expect(isUpdated).toBe(false);
    if (!isUpdated) return;
    model.before.push(runs!);
    const { values } = real.running!.edition;
    for (const [name, value] of Object.entries(runs!.values))
      if (Object.hasOwn(version.limits, name)) expect(values[name]).toEqual(value);
    model.runs = { version, values };
  }
}

const textLength = (value: SlotNodes | undefined): number => value?.blocks[0]?.[0]?.text.length ?? 0;

class RollBack extends Step {
  override check = ({ before }: Readonly<Model>): boolean => before.length > 0;
  act(model: Model, real: Real): void {
    const earlier = model.before.at(-1)!;
    const { editions } = real.running!;
    const number = editions.findLastIndex(
      ({ version, values }) => version === earlier.version && values === earlier.values,
    );
    expect(real.running!.returnTo(number)).toBe(!isStopped(model, earlier.version));
    if (isStopped(model, earlier.version)) return;
    model.before.pop();
    model.runs = earlier;
  }
}

class RecallContent extends Step {
  constructor(
    private readonly email: string | null,
    private readonly mode: ModelRecall['mode'],
    private readonly isOfAll: boolean,
  ) {
    super();
  }
  override check = (): boolean => true;
  act(model: Model, real: Real): void {
    const versions = this.isOfAll ? [...model.published] : model.published.slice(-1);
    const recall = { versions, email: this.email, mode: this.mode };
    model.recalls = [...model.recalls, recall];
    real.recalls.add(recall);
  }
  override toString = (): string => `recall ${this.email ?? 'everything'} ${this.mode} ${this.isOfAll}`;
}

class Reverse extends Step {
  override check = ({ recalls }: Readonly<Model>): boolean => recalls.length > 0;
  act(model: Model, real: Real): void {
    const at = model.recalls.length % 2 === 0 ? 0 : model.recalls.length - 1;
    model.recalls = model.recalls.toSpliced(at, 1);
    real.recalls.reverse(at);
  }
}

class Hold extends Step {
  act(_model: Model, real: Real): void {
    real.running!.isHeld = !real.running!.isHeld;
  }
}

class Crash extends Step {
  act(model: Model, real: Real): void {
    real.running!.crash(now(model));
  }
}

class Clock extends Step {
  constructor(private readonly days: number) {
    super();
  }
  act(model: Model, real: Real): void {
    model.nowMs += this.days * DAY_MS;
    const running = real.running!;
    const before = running.contacts.map(({ decisions }) => decisions.length);
    running.tick(now(model));
    const isSilent = running.isHeld || isStopped(model, model.runs!.version);
    if (isSilent) expect(running.contacts.map(({ decisions }) => decisions.length)).toEqual(before);
    for (const [at, { decisions }] of running.contacts.entries())
      for (const [later, { step, reason }] of decisions.slice(before[at]).entries()) {
        const hasBegun = decisions.slice(0, before[at]! + later).some((one) => one.reason === 'done');
        const isRecalled = recallsOf(model, model.runs!.version).some(
          ({ email, mode }) => (email === null || email === step) && !(mode === 'finish' && hasBegun),
        );
        // Nothing that is recalled is sent, and nothing else is kept back by a recall.
        if (reason === 'done' || reason === 'recalled') expect(reason === 'recalled').toBe(isRecalled);
      }
  }
  override toString = (): string => `clock ${this.days}`;
}

const versions: fc.Arbitrary<Version> = fc.record({
  steps: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1 }),
  limits: fc.dictionary(fc.constantFrom('intro', 'offer'), fc.integer({ min: 1, max: 20 }), { noNullPrototype: true }),
});

describe('a campaign of which versions are edited, published, launched, updated, rolled back and recalled', () => {
  it('does as the model says, whatever happens and in whatever order', () => {
    const commands = [
      versions.map((version) => new Edit(version)),
      fc.constant(new PublishDraft()),
      fc.constant(new Launch()),
      fc.constant(new Update()),
      fc.constant(new RollBack()),
      fc
        .tuple(fc.constantFrom(null, 'a', 'b', 'c'), fc.constantFrom('stop' as const, 'finish' as const), fc.boolean())
        .map((recall) => new RecallContent(...recall)),
      fc.constant(new Reverse()),
      fc.constant(new Hold()),
      fc.constant(new Crash()),
      fc.integer({ min: 1, max: 3 }).map((days) => new Clock(days)),
    ];
    fc.assert(
      fc.property(fc.commands(commands, { maxCommands: 40 }), versions, (run, draft) => {
        const real: Real = { running: null, recalls: new Recalls() };
        const model: Model = {
          published: [{ ...draft }],
          draft,
          before: [],
          runs: null,
          recalls: [],
          nowMs: Date.parse('2026-11-24T12:00:00Z'),
        };
        fc.modelRun(() => ({ model, real }), run);
        if (real.running === null) return;
        real.running.isHeld = false;
        while (model.recalls.length > 0) new Reverse().run(model, real);
        for (let day = 0; day < 20; day++) new Clock(1).run(model, real);
        // Nobody is stuck, and each has had the last e-mail of what runs, or an e-mail behind it before.
        for (const { state } of real.running.contacts)
          expect([state.state, state.step ?? END]).toEqual(['completed', END]);
      }),
      { numRuns: 300 },
    );
  });
});
