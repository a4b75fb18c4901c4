import type { ContactId } from '#kernel';
import { Heap } from './heap.js';
import { type Party, type PlacesSaid, THERE_IS_ROOM } from './party.js';
import { inOrder, type Places } from './places.js';

/** Turns after which others are let in. */
const BREATH = 500;

/** Parties who want the same places: everybody has their turns when the scheduler would give them. */
export class Crowd {
  /** Those whose turn comes at a moment. */
  private readonly agenda = new Map<number, Party[]>();
  private readonly moments = new Heap<number>((a, b) => a - b);

  add(party: Party): void {
    if (!party.isUnderWay) return;
    const known = this.agenda.get(party.at);
    if (known !== undefined) {
      known.push(party);
      return;
    }
    this.agenda.set(party.at, [party]);
    this.moments.push(party.at);
  }

  /** Until everybody has come to the end; pauses now and then. @param left is told of everybody who has. */
  *move(places: Places, left: (party: Party) => void): Generator<void> {
    let turns = 0;
    for (let here = this.earliest(); here.length > 0; here = this.earliest())
      for (const tied of tiedOf(here))
        for (const party of yield* movedOf(tied, places)) {
          if (party.isUnderWay) this.add(party);
          else left(party);
          turns += 1;
          if (turns % BREATH === 0) yield;
        }
  }

  private earliest(): Party[] {
    const at = this.moments.pop();
    if (at === undefined) return [];
    const here = this.agenda.get(at) ?? [];
    this.agenda.delete(at);
    return here;
  }
}

/** Any id: parties are compared by all else that their turns have. */
const NOBODY = '' as ContactId;
const byTurn = (a: Party, b: Party): number => inOrder(a.turnOf(NOBODY), b.turnOf(NOBODY));

/** Parties of one moment in the order of their turns; those between whom only the contact decides stand together. */
function tiedOf(here: Party[]): Party[][] {
  const groups: Party[][] = [];
  for (const party of here.sort(byTurn)) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && byTurn(last[0], party) === 0) last.push(party);
    else groups.push([party]);
  }
  return groups;
}

/** @returns the parties after their turn: as they were, or parted by what places said. */
function* movedOf(tied: readonly Party[], places: Places): Generator<void, readonly Party[]> {
  const [first] = tied;
  const firstId = tied.reduce(
    (least: ContactId, { members: [id] }) => (id !== undefined && (least === NOBODY || id < least) ? id : least),
    NOBODY,
  );
  if (first !== undefined && places.areEnough(first.turnOf(firstId))) {
    for (const party of tied) party.move(THERE_IS_ROOM);
    return tied;
  }
  const answers = yield* askOneByOne(tied, places);
  return tied.flatMap((party) => {
    const parts = [...(answers.get(party)?.values() ?? [])];
    return parts.map(({ said, members }) => {
      const part = parts.length === 1 ? party : party.part(members);
      part.move(said);
      return part;
    });
  });
}

/** Those of a party to whom the same was said, in their order. */
interface Part {
  readonly said: PlacesSaid;
  readonly members: ContactId[];
}

/** Asks for one after the other, in the order of contacts. */
function* askOneByOne(tied: readonly Party[], places: Places): Generator<void, Map<Party, Map<string, Part>>> {
  const answers = new Map<Party, Map<string, Part>>(tied.map((party) => [party, new Map<string, Part>()]));
  const heads = new Heap<Head>((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)));
  for (const party of tied) pushHead(heads, party, 0);
  let asked = 0;
  for (let head = heads.pop(); head !== undefined; head = heads.pop()) {
    const { party, id, at } = head;
    const said = party.ask(places, id);
    note(answers.get(party), said, [id]);
    if (said.day !== null) {
      // A day that is full is full for all who come after: nobody else need be asked.
      for (const rest of [{ party, at: at + 1 }, ...drained(heads)])
        note(answers.get(rest.party), said, rest.party.members.slice(rest.at));
      break;
    }
    pushHead(heads, party, at + 1);
    asked += 1;
    if (asked % BREATH === 0) yield;
  }
  return answers;
}

/** The next of a party who has not been asked. */
interface Head {
  readonly party: Party;
  readonly id: ContactId;
  readonly at: number;
}

function pushHead(heads: Heap<Head>, party: Party, at: number): void {
  const id = party.members[at];
  if (id !== undefined) heads.push({ party, id, at });
}

function* drained(heads: Heap<Head>): Generator<Head> {
  for (let head = heads.pop(); head !== undefined; head = heads.pop()) yield head;
}

function note(parts: Map<string, Part> | undefined, said: PlacesSaid, members: readonly ContactId[]): void {
  if (parts === undefined || members.length === 0) return;
  const { day, stream } = said;
  const name = `${day?.reason} ${day?.until.getTime()} ${stream?.reason} ${stream?.until.getTime()}`;
  const known = parts.get(name);
  if (known === undefined) parts.set(name, { said, members: [...members] });
  else for (const id of members) known.members.push(id);
}
