import type { IdentityStatus } from '#brand';
import type { ContactForSending } from '#contacts';
import { type DueMail, type Leg, Legs, type PartnerChoices, type SequenceDefinition } from '#sequencing';
import { decisionAt } from './dry-run.js';
import { type Verdict, preflightVerdict } from '../sending/preflight-verdict.js';
import type { Permission, SimulationRules, CohortProfile, SequencePath } from './cohort.js';

/**
 * What is remembered at most of legs and verdicts: contacts of one kind ask for
 * the same ones, and asking for more forgets them.
 */
const KEPT = 50_000;

interface Circumstances {
  readonly sequence: SequenceDefinition;
  readonly startAt: Date;
  readonly until: Date;
  readonly choices: PartnerChoices;
  readonly identity: IdentityStatus;
  readonly caps: SimulationRules['caps'];
}

/**
 * What parties of one dry run go through. Calendars cost the most of it, and
 * contacts with the same zone, country and fields find the same: they share
 * ways and verdicts.
 */
export class DryRunCache implements SimulationRules {
  readonly asksForLists: boolean;
  readonly until: Date;
  readonly caps: SimulationRules['caps'];
  private readonly ways = new Map<string, SequencePath>();
  private readonly legs = new Map<string, Leg>();
  private readonly verdicts = new Map<string, Verdict>();
  private readonly permissions = new Map<string, Permission>();
  private readonly settings = new Map<string, CohortProfile>();
  private readonly numbers = new Map<object, number>();
  private readonly askedFields: readonly (keyof ReturnType<typeof fieldsOf>)[];

  constructor(private readonly given: Circumstances) {
    this.until = given.until;
    this.caps = given.caps;
    const { steps, exits = [] } = given.sequence;
    const ofSteps = steps.flatMap((step) =>
      step.kind === 'branch' || step.kind === 'until' ? step.ways.map(({ when }) => when) : [],
    );
    const asked = [...ofSteps, ...exits];
    this.asksForLists = asked.some(({ on }) => on === 'list');
    this.askedFields = asked.flatMap((when) => (when.on === 'field' ? [when.field] : []));
  }

  /** The one of all permissions that say the same. */
  sharedPermission(permission: Permission): Permission {
    const { decision, hasRefusedTopic, everyDays } = permission;
    const name = JSON.stringify([decision.send ? decision.expiresOn : [decision.reason], hasRefusedTopic, everyDays]);
    const known = this.permissions.get(name);
    if (known !== undefined) return known;
    this.permissions.set(name, permission);
    return permission;
  }

  /**
   * The one of all settings that say the same: whoever has it goes one way, as
   * long as there is room for everybody.
   */
  sharedProfile(setting: CohortProfile): CohortProfile {
    const { country, zone, permission, lacking, lastMailAt, touches, way } = setting;
    const taken = touches.map(({ at, ofVendor }) => `${at.getTime()}${ofVendor ? 'v' : ''}`).join(' ');
    const shared = [permission, lacking, way].map((one) => this.numberOf(one)).join(' ');
    const name = `${shared} ${zone} ${country ?? ''} ${lastMailAt?.getTime() ?? ''} ${taken}`;
    const known = this.settings.get(name);
    if (known !== undefined) return known;
    cacheBounded(this.settings, name, setting);
    return setting;
  }

  private numberOf(one: object): number {
    const known = this.numbers.get(one) ?? this.numbers.size;
    this.numbers.set(one, known);
    return known;
  }

  /**
   * The way of a contact; the same for all of whom the same is known that it
   * depends on.
   */
  pathOf(contact: ContactForSending, zone: string, lists: readonly string[]): SequencePath {
    const { country } = contact;
    const fields = fieldsOf(contact);
    // A company has a name of its own: it is what a way depends on only where
    // the sequence asks for it.
    const name = JSON.stringify([zone, country, this.askedFields.map((field) => fields[field]), lists]);
    const known = this.ways.get(name);
    if (known !== undefined) return known;
    const { sequence, startAt, until, choices } = this.given;
    const assumed = { startAt, until, zone, country, fields, choices, lists, happenings: [] };
    const way = this.cachedPath(new Legs(sequence, assumed), name);
    cacheBounded(this.ways, name, way);
    return way;
  }

  verdict({ permission, zone, country }: CohortProfile, stepKey: string, now: Date, isTooSoon: boolean): Verdict {
    const name = `${this.numberOf(permission)} ${zone} ${country ?? ''} ${stepKey} ${now.getTime()} ${isTooSoon}`;
    const known = this.verdicts.get(name);
    if (known !== undefined) return known;
    const { sequence, choices, identity } = this.given;
    const verdict = preflightVerdict({
      running: { activation: { status: 'active', choices }, sequence, versionLive: true },
      isHalted: false,
      identity,
      relaysRestUntil: null,
      relaysBusyUntil: null,
      destinationPausedUntil: null,
      stepKey,
      timeZone: zone,
      country,
      now,
      isTooSoon,
      decision: decisionAt(permission.decision, now),
      isTopicRefused: permission.hasRefusedTopic,
    });
    cacheBounded(this.verdicts, name, verdict);
    return verdict;
  }

  private cachedPath(legs: Legs, way: string): SequencePath {
    const remembered = (kind: string, mail: DueMail | null, at: Date | null, make: () => Leg): Leg => {
      const name = `${kind} ${mail?.step.key ?? ''} ${mail?.round ?? 0} ${at?.getTime() ?? 0} ${way}`;
      const known = this.legs.get(name);
      if (known !== undefined) return known;
      const leg = make();
      cacheBounded(this.legs, name, leg);
      return leg;
    };
    return {
      first: () => remembered('first', null, null, () => legs.first()),
      afterMail: (mail, at) => remembered('onward', mail, at, () => legs.afterMail(mail, at)),
      afterDelay: (mail, until) => remembered('postponed', mail, until, () => legs.afterDelay(mail, until)),
    };
  }
}

function cacheBounded<T>(known: Map<string, T>, name: string, value: T): void {
  if (known.size >= KEPT) known.clear();
  known.set(name, value);
}

const fieldsOf = ({ country, industry, persona, stage, segment, language, company }: ContactForSending) => ({
  country,
  industry,
  persona,
  stage,
  segment,
  language,
  company,
});
