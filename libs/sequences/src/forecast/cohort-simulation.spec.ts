import fc from 'fast-check';
import type { ContactForSending, SendDecision } from '#contacts';
import { type ContactId, DAY_MS } from '#kernel';
import { NO_CHOICES, sequenceSchema } from '#sequencing';
import { CohortSimulation } from './cohort-simulation.js';
import type { SimulatedStep } from './dry-run.js';
import { type QuotaLimits, type Quotas, QuotaLedger } from './quotas.js';
import { DryRunCache } from './dry-run-cache.js';
import { Cohort, type CohortProfile } from './cohort.js';

const TUESDAY = new Date('2026-11-24T07:00:00Z');
const ZONES = ['Europe/London', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe'];

const THREE_MAILS = sequenceSchema.parse({
  window: { from: '09:00', to: '17:00', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'] },
  steps: [
    { key: 'one', email: 'welcome' },
    { key: 'pause', wait: { days: 1 } },
    { key: 'two', email: 'proof' },
    { key: 'again', wait: { hours: 2 } },
    { key: 'three', email: 'last-call' },
  ],
});
const ONE_MAIL = { ...THREE_MAILS, steps: THREE_MAILS.steps.slice(0, 1) };
const scenery = (sequence = THREE_MAILS): DryRunCache =>
  new DryRunCache({
    sequence,
    startAt: TUESDAY,
    until: new Date(TUESDAY.getTime() + 90 * DAY_MS),
    choices: NO_CHOICES,
    identity: 'ready',
    caps: { ofMembership: [{ cap: 100, days: 7 }], ofPartner: [], acrossPartners: [] },
  });
const NOTHING_LACKING: ReadonlySet<string> = new Set();
const ALLOWED = { send: true, basis: 'customer', rules: 2, expiresOn: null } as unknown as SendDecision;

interface Somebody {
  readonly contactId: ContactId;
  readonly setting: CohortProfile;
}

/**
 * `count` contacts whose time zones alternate. Every seventh contact wants at
 * most one e-mail a week.
 */
function people(count: number, scene: DryRunCache, zones = ZONES): Somebody[] {
  return Array.from({ length: count }, (_, n) => {
    const zone = zones[n % zones.length]!;
    const contactId = n.toString(16).padStart(8, '0') as ContactId;
    const contact = { id: contactId, country: null } as ContactForSending;
    const setting = scene.sharedProfile({
      zone,
      country: null,
      arm: null,
      unrenderable: NOTHING_LACKING,
      lastMailAt: null,
      sends: [],
      fullOn: null,
      permission: scene.sharedPermission({
        decision: ALLOWED,
        hasRefusedTopic: false,
        everyDays: n % 7 === 0 ? 7 : null,
      }),
      path: scene.pathOf(contact, zone, [], null),
    });
    return { contactId, setting };
  });
}

interface Travelled {
  readonly steps: ReadonlyMap<ContactId, readonly SimulatedStep[]>;
  readonly places: Quotas;
}

function together(count: number, limits: QuotaLimits, scene = scenery(), zones = ZONES): Travelled {
  const steps = new Map<ContactId, SimulatedStep[]>();
  const crowd = new CohortSimulation();
  const parties = new Map<CohortProfile, ContactId[]>();
  for (const { contactId, setting } of people(count, scene, zones)) {
    steps.set(contactId, []);
    parties.set(setting, [...(parties.get(setting) ?? []), contactId]);
  }
  for (const [setting, members] of parties)
    crowd.add(new Cohort(setting, members, scene, (step, seen) => seen.forEach((id) => steps.get(id)?.push(step))));
  const places = new QuotaLedger(limits);
  const turns = crowd.run(places, () => undefined);
  while (turns.next().done !== true);
  return { steps, places: places.replay() };
}

function alone({ contactId, setting }: Somebody, scene: DryRunCache, places: Quotas): SimulatedStep[] {
  const steps: SimulatedStep[] = [];
  const party = new Cohort(setting, [contactId], scene, (step) => steps.push(step));
  while (party.isActive) party.apply(party.askQuotas(places, contactId));
  return steps;
}

const newStream = (dayLimit: number | null) => ({
  holdFrom: null,
  holdUsed: 0,
  day: null,
  dayLimit,
  dayUsed: 0,
  bookedDay: null,
  booked: 0,
});
const limitsOf = (changes: Partial<QuotaLimits>): QuotaLimits => ({
  perDay: null,
  usedOn: new Map(),
  stream: newStream(null),
  holdMs: 0,
  ...changes,
});
const sentOn = ({ steps }: Travelled): Map<string, number> => {
  const days = new Map<string, number>();
  for (const step of [...steps.values()].flat()) {
    const day = step.at.toISOString().slice(0, 10);
    if (step.outcome === 'sent') days.set(day, (days.get(day) ?? 0) + 1);
  }
  return days;
};

describe('a crowd that wants the same places', () => {
  it('gets a campaign’s day one after the other, who was enrolled first goes first, the others the next day', () => {
    const limits = limitsOf({ perDay: 2, usedOn: new Map([['2026-11-24', 1]]) });
    const { steps } = together(5, limits, scenery(ONE_MAIL), ['Europe/London']);
    const got = [...steps.values()].map(([step]) => `${step?.at.toISOString().slice(0, 10)} ${step?.waits.length}`);
    expect(got).toEqual(['2026-11-24 0', '2026-11-25 1', '2026-11-25 1', '2026-11-26 1', '2026-11-26 1']);
  });

  it('gives a place to whose window opens first', () => {
    const { steps } = together(4, limitsOf({ perDay: 2 }), scenery(ONE_MAIL));
    const waits = [...steps.values()].map(([step]) => step?.waits.length);
    // The window is open in Kolkata, and opens next in London. The limit of the
    // day is reached before New York and Lord Howe.
    expect(waits).toEqual([0, 1, 0, 1]);
  });

  it('says since when somebody waits, and for what', () => {
    const { steps } = together(2, limitsOf({ perDay: 1 }));
    const [late] = [...steps.values()].map(([step]) => step!).filter(({ waits }) => waits.length > 0);
    expect(late?.waits).toEqual([{ reason: 'day-full', since: new Date('2026-11-24T14:00:00Z') }]);
  });

  it('is over the first look in order, and goes on after it', () => {
    const { steps } = together(1000, limitsOf({ holdMs: 15 * 60_000 }));
    const waiting = [...steps.values()].filter(([one]) => one?.waits[0]?.reason === 'initial-hold');
    // At 07:00 UTC the window of Lord Howe has closed, and that of Kolkata is
    // open. It has 250 contacts; the initial hold lets 200 of them pass.
    expect(waiting).toHaveLength(50);
    expect(waiting.map(([one]) => one?.at.toISOString())).toEqual(
      Array.from({ length: 50 }, () => '2026-11-24T07:15:00.000Z'),
    );
  });

  it('takes from a new domain what its days take, and twice as much each day', () => {
    const days = [...sentOn(together(900, limitsOf({ stream: newStream(100) })))].sort().slice(0, 2);
    expect(days).toEqual([
      ['2026-11-24', 100],
      ['2026-11-25', 200],
    ]);
  });

  it('tells each of them alone what they were told together; nobody is lost, no day takes more than it may', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 260 }),
        fc.option(fc.integer({ min: 20, max: 200 }), { nil: null }),
        fc.option(fc.integer({ min: 20, max: 150 }), { nil: null }),
        fc.constantFrom(0, 15 * 60_000),
        (count, perDay, dayLimit, holdMs) => {
          const all = together(count, limitsOf({ perDay, stream: newStream(dayLimit), holdMs }));
          const scene = scenery();
          for (const one of people(count, scene))
            expect(alone(one, scene, all.places)).toEqual(all.steps.get(one.contactId));
          for (const steps of all.steps.values())
            expect(steps.map(({ stepKey }) => stepKey)).toEqual(['one', 'two', 'three']);
          // The daily limit counts planned messages. Only without other limits
          // is the planned day also the day of sending.
          if (perDay !== null && dayLimit === null && holdMs === 0)
            for (const sent of sentOn(all).values()) expect(sent).toBeLessThanOrEqual(perDay);
        },
      ),
      { numRuns: 40 },
    ));
});
