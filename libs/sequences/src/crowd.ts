import { inOrder, type Places } from './places.js';
import type { Traveller } from './traveller.js';

/** Turns after which others are let in. */
const BREATH = 500;

/** Travellers who want the same places: everybody has their turns when the scheduler would give them. */
export class Crowd {
  /** Those whose turn comes at a moment. */
  private readonly agenda = new Map<number, Traveller[]>();

  add(traveller: Traveller): void {
    if (!traveller.isUnderWay) return;
    const known = this.agenda.get(traveller.at);
    if (known === undefined) this.agenda.set(traveller.at, [traveller]);
    else known.push(traveller);
  }

  /** Until everybody has come to the end; pauses now and then. @param left is told of everybody who has. */
  *move(places: Places, left: (traveller: Traveller) => void): Generator<void> {
    let turns = 0;
    for (let here = this.earliest(); here.length > 0; here = this.earliest()) {
      for (const traveller of here.sort(inOrder)) {
        traveller.move(places);
        if (traveller.isUnderWay) this.add(traveller);
        else left(traveller);
        turns += 1;
        if (turns % BREATH === 0) yield;
      }
    }
  }

  private earliest(): Traveller[] {
    let at = Infinity;
    for (const moment of this.agenda.keys()) if (moment < at) at = moment;
    const here = this.agenda.get(at) ?? [];
    this.agenda.delete(at);
    return here;
  }
}
