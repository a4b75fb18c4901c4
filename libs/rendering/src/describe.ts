import { type Hole, isHole, isLock, isOfDetail, isOfPartner, isWhen, type Master, type Program } from './master.js';

/** Who fills a part of a master. */
export type PartKind = 'locked' | 'slot' | 'brand' | 'recipient';

/**
 * Parts of a master by who fills them, for screens: bytes of locked text, and
 * positions by kind.
 */
export interface MasterDescription {
  readonly lockedBytes: number;
  readonly places: Readonly<Record<Exclude<PartKind, 'locked'>, readonly string[]>>;
  readonly locks: readonly string[];
  readonly conditions: readonly string[];
}

/** Describes which parts of a master are locked, and who fills the others. */
export function describeMaster(master: Master): MasterDescription {
  const places = { slot: new Set<string>(), brand: new Set<string>(), recipient: new Set<string>() };
  const conditions = new Set<string>();
  let lockedBytes = 0;
  const visit = (program: Program): void => {
    for (const node of program) {
      if (typeof node === 'string') lockedBytes += Buffer.byteLength(node);
      else if (isHole(node)) addPlace(places, master.holes[node.hole]);
      else if (isLock(node)) visit(node.body);
      else if (isWhen(node)) {
        if (isOfDetail(node.when)) Object.keys(node.when).forEach((path) => places.brand.add(path));
        else if (isOfPartner(node.when)) Object.keys(node.when).forEach((path) => places.slot.add(path));
        else
          for (const [field, values] of Object.entries(node.when)) conditions.add(`${field} is ${values.join(' or ')}`);
        visit(node.body);
        visit(node.otherwise);
      }
    }
  };
  visit(master.html);
  return {
    lockedBytes,
    places: { slot: [...places.slot], brand: [...places.brand], recipient: [...places.recipient] },
    locks: master.locks.map(({ name }) => name),
    conditions: [...conditions],
  };
}

/**
 * Who fills a hole. The vendor's pictures are holes only because their URLs are
 * known late.
 */
export function partKindOf({ path, type, stage }: Hole): PartKind {
  if (path.startsWith('asset.')) return 'locked';
  return type === 'slot' || path.startsWith('slot.') ? 'slot' : stage;
}

function addPlace(places: Record<'slot' | 'brand' | 'recipient', Set<string>>, hole: Hole | undefined): void {
  const kind = hole === undefined ? 'locked' : partKindOf(hole);
  if (hole !== undefined && kind !== 'locked') places[kind].add(hole.path);
}
