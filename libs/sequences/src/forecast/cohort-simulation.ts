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

  add(cohort: Cohort): void {
    if (!cohort.isActive) return;
    const known = this.agenda.get(cohort.at);
    if (known !== undefined) {
      known.push(cohort);
      return;
    }
    this.agenda.set(cohort.at, [cohort]);
    this.moments.push(cohort.at);
  }

  /**
   * Runs until every contact has reached the end, with a pause after every 500
   * attempts.
   * @param left is called with each cohort that has ended.
   */
  *run(places: Quotas, left: (cohort: Cohort) => void): Generator<void> {
    let turns = 0;
    for (let here = this.earliest(); here.length > 0; here = this.earliest())
      for (const tied of groupTied(here))
        for (const cohort of yield* advanceTied(tied, places)) {
          if (cohort.isActive) this.add(cohort);
          else left(cohort);
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
  for (const cohort of here.sort(byAttempt)) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && byAttempt(last[0], cohort) === 0) last.push(cohort);
    else groups.push([cohort]);
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
    for (const cohort of tied) cohort.apply(GRANTED);
    return tied;
  }
  const answers = yield* askPerContact(tied, places);
  return tied.flatMap((cohort) => {
    const parts = [...(answers.get(cohort)?.values() ?? [])];
    return parts.map(({ answer, members }) => {
      const part = parts.length === 1 ? cohort : cohort.split(members);
      part.apply(answer);
      return part;
    });
  });
}

/** The contacts of a cohort that got the same answer, in order of their ids. */
interface CohortPart {
  readonly answer: QuotaAnswer;
  readonly members: ContactId[];
}

/** Asks the quotas for each contact, in order of contact ids. */
function* askPerContact(
  tied: readonly Cohort[],
  places: Quotas,
): Generator<void, Map<Cohort, Map<string, CohortPart>>> {
  const answers = new Map<Cohort, Map<string, CohortPart>>(
    tied.map((cohort) => [cohort, new Map<string, CohortPart>()]),
  );
  const heads = new TinyQueue<NextContact>([], (a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)));
  for (const cohort of tied) pushNext(heads, cohort, 0);
  let asked = 0;
  for (let head = heads.pop(); head !== undefined; head = heads.pop()) {
    const { cohort, id, at } = head;
    const answer = cohort.askQuotas(places, id);
    addAnswer(answers.get(cohort), answer, [id]);
    if (answer.day !== null) {
      // A full day is full for every later contact: the quotas need not be
      // asked again.
      for (const rest of [{ cohort, at: at + 1 }, ...drained(heads)])
        addAnswer(answers.get(rest.cohort), answer, rest.cohort.members.slice(rest.at));
      break;
    }
    pushNext(heads, cohort, at + 1);
    asked += 1;
    if (asked % YIELD_EVERY === 0) yield;
  }
  return answers;
}

/** The next contact of a cohort for which the quotas have not been asked. */
interface NextContact {
  readonly cohort: Cohort;
  readonly id: ContactId;
  readonly at: number;
}

function pushNext(heads: TinyQueue<NextContact>, cohort: Cohort, at: number): void {
  const id = cohort.members[at];
  if (id !== undefined) heads.push({ cohort, id, at });
}

function* drained(heads: TinyQueue<NextContact>): Generator<NextContact> {
  for (let head = heads.pop(); head !== undefined; head = heads.pop()) yield head;
}

function addAnswer(
  parts: Map<string, CohortPart> | undefined,
  answer: QuotaAnswer,
  members: readonly ContactId[],
): void {
  if (parts === undefined || members.length === 0) return;
  const { day, stream } = answer;
  const name = `${day?.reason} ${day?.until.getTime()} ${stream?.reason} ${stream?.until.getTime()}`;
  const known = parts.get(name);
  if (known === undefined) parts.set(name, { answer, members: [...members] });
  else for (const id of members) known.members.push(id);
}
