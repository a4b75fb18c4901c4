import TinyQueue from 'tinyqueue';
import type { ContactId } from '#kernel';
import { type Cohort, type QuotaAnswer, GRANTED } from './cohort.js';
import { compareAttempts, type Quotas } from './quotas.js';

/** Simulated attempts between two pauses for the event loop. */
const YIELD_EVERY = 500;

/**
 * Simulates cohorts that compete for the same quotas. Attempts have the order
 * in which the scheduler would make them.
 */
export class CohortSimulation {
  /**
   * Cohorts by the moment of their next attempt, in milliseconds since the
   * epoch.
   */
  private readonly agenda = new Map<number, Cohort[]>();
  private readonly moments = new TinyQueue<number>();

  add(party: Cohort): void {
    if (!party.isActive) return;
    const known = this.agenda.get(party.at);
    if (known !== undefined) {
      known.push(party);
      return;
    }
    this.agenda.set(party.at, [party]);
    this.moments.push(party.at);
  }

  /**
   * Runs until every contact has reached the end, with a pause after every 500
   * attempts.
   * @param left is called with each cohort that has ended.
   */
  *run(places: Quotas, left: (party: Cohort) => void): Generator<void> {
    let turns = 0;
    for (let here = this.earliest(); here.length > 0; here = this.earliest())
      for (const tied of groupTied(here))
        for (const party of yield* advanceTied(tied, places)) {
          if (party.isActive) this.add(party);
          else left(party);
          turns += 1;
          if (turns % YIELD_EVERY === 0) yield;
        }
  }

  private earliest(): Cohort[] {
    const at = this.moments.pop();
    if (at === undefined) return [];
    const here = this.agenda.get(at) ?? [];
    this.agenda.delete(at);
    return here;
  }
}

/** Placeholder: cohorts are compared without their contacts. */
const ANY_CONTACT = '' as ContactId;
const byAttempt = (a: Cohort, b: Cohort): number => compareAttempts(a.attemptOf(ANY_CONTACT), b.attemptOf(ANY_CONTACT));

/**
 * Sorts the cohorts of one moment by attempt. Cohorts that differ only in their
 * contacts form one group.
 */
function groupTied(here: Cohort[]): Cohort[][] {
  const groups: Cohort[][] = [];
  for (const party of here.sort(byAttempt)) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && byAttempt(last[0], party) === 0) last.push(party);
    else groups.push([party]);
  }
  return groups;
}

/**
 * @returns the cohorts after their attempt. A cohort is split where its
 *   contacts got different answers.
 */
function* advanceTied(tied: readonly Cohort[], places: Quotas): Generator<void, readonly Cohort[]> {
  const [first] = tied;
  const firstId = tied.reduce(
    (least: ContactId, { members: [id] }) => (id !== undefined && (least === ANY_CONTACT || id < least) ? id : least),
    ANY_CONTACT,
  );
  if (first !== undefined && places.areUnlimited(first.attemptOf(firstId))) {
    for (const party of tied) party.apply(GRANTED);
    return tied;
  }
  const answers = yield* askOneByOne(tied, places);
  return tied.flatMap((party) => {
    const parts = [...(answers.get(party)?.values() ?? [])];
    return parts.map(({ said, members }) => {
      const part = parts.length === 1 ? party : party.split(members);
      part.apply(said);
      return part;
    });
  });
}

/** The contacts of a cohort that got the same answer, in order of their ids. */
interface CohortPart {
  readonly said: QuotaAnswer;
  readonly members: ContactId[];
}

/** Asks the quotas for each contact, in order of contact ids. */
function* askOneByOne(tied: readonly Cohort[], places: Quotas): Generator<void, Map<Cohort, Map<string, CohortPart>>> {
  const answers = new Map<Cohort, Map<string, CohortPart>>(tied.map((party) => [party, new Map<string, CohortPart>()]));
  const heads = new TinyQueue<NextContact>([], (a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)));
  for (const party of tied) pushNext(heads, party, 0);
  let asked = 0;
  for (let head = heads.pop(); head !== undefined; head = heads.pop()) {
    const { party, id, at } = head;
    const said = party.askQuotas(places, id);
    addAnswer(answers.get(party), said, [id]);
    if (said.day !== null) {
      // A full day is full for every later contact: the quotas need not be
      // asked again.
      for (const rest of [{ party, at: at + 1 }, ...drained(heads)])
        addAnswer(answers.get(rest.party), said, rest.party.members.slice(rest.at));
      break;
    }
    pushNext(heads, party, at + 1);
    asked += 1;
    if (asked % YIELD_EVERY === 0) yield;
  }
  return answers;
}

/** The next contact of a cohort for which the quotas have not been asked. */
interface NextContact {
  readonly party: Cohort;
  readonly id: ContactId;
  readonly at: number;
}

function pushNext(heads: TinyQueue<NextContact>, party: Cohort, at: number): void {
  const id = party.members[at];
  if (id !== undefined) heads.push({ party, id, at });
}

function* drained(heads: TinyQueue<NextContact>): Generator<NextContact> {
  for (let head = heads.pop(); head !== undefined; head = heads.pop()) yield head;
}

function addAnswer(parts: Map<string, CohortPart> | undefined, said: QuotaAnswer, members: readonly ContactId[]): void {
  if (parts === undefined || members.length === 0) return;
  const { day, stream } = said;
  const name = `${day?.reason} ${day?.until.getTime()} ${stream?.reason} ${stream?.until.getTime()}`;
  const known = parts.get(name);
  if (known === undefined) parts.set(name, { said, members: [...members] });
  else for (const id of members) known.members.push(id);
}
