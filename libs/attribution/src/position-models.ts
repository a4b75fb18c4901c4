import type { CreditReason, Weight } from './credit.js';
import { orderedTouches, type Path, type Touch } from './touch.js';

/** A whole path, in the units of weights. */
const WHOLE = 1_000_000_000n;

/** First touch: all to what began the path. */
export function firstTouch(path: Path): Weight[] {
  return pick(orderedTouches(path), 0, 'first-touch');
}

/** Last touch: all to what came before the deal. */
export function lastTouch(path: Path): Weight[] {
  const touches = orderedTouches(path);
  return pick(touches, touches.length - 1, 'last-touch');
}

/** Linear: the same to each touch. */
export function linear(path: Path): Weight[] {
  return orderedTouches(path).map((touch) => ({ touch, weight: 1n, reason: 'same-for-each' }));
}

/**
 * U-shaped: 40 % to the first touch, 40 % to the last, 20 % among those between. Two touches get half each.
 */
export function uShaped(path: Path): Weight[] {
  const touches = orderedTouches(path);
  return byPosts(touches, [
    { place: 0, percent: 40n, reason: 'first-touch' },
    { place: touches.length - 1, percent: 40n, reason: 'last-touch' },
  ]);
}

/**
 * W-shaped: 30 % each to the first touch, to the last before the lead came, and to the last; 10 % among all
 * others. Without a lead the path has no middle post, and is divided U-shaped.
 */
export function wShaped(path: Path): Weight[] {
  const touches = orderedTouches(path);
  const { leadAt } = path;
  if (leadAt === null) return uShaped(path);
  const leadPlace = touches.findLastIndex(({ at }) => at <= leadAt);
  if (leadPlace < 0) return uShaped(path);
  return byPosts(touches, [
    { place: 0, percent: 30n, reason: 'first-touch' },
    { place: leadPlace, percent: 30n, reason: 'lead-touch' },
    { place: touches.length - 1, percent: 30n, reason: 'last-touch' },
  ]);
}

/**
 * Time decay: a touch weighs half as much as one that came a half-life later (2^(-age / half-life)). A
 * touch older than 60 half-lives weighs nothing unless all are.
 * @param halfLife Milliseconds; above zero.
 */
export function timeDecay(path: Path, halfLife: number): Weight[] {
  const touches = orderedTouches(path);
  const latest = touches.at(-1)?.at ?? 0;
  return touches.map((touch) => ({
    touch,
    // Relative to the latest touch: a path whose touches are all old keeps its proportions. Rounded, so
    // that the last digit of a power, which machines may compute otherwise, moves no cent.
    weight: BigInt(Math.round(Number(WHOLE) * 2 ** ((touch.at - latest) / halfLife))),
    reason: 'time-before-close',
  }));
}

interface Post {
  readonly place: number;
  readonly percent: bigint;
  readonly reason: CreditReason;
}

/**
 * Divides a path between its posts and the touches between them. A touch that is two posts gets both parts.
 * Where no touch is between, the posts share the rest in proportion.
 */
function byPosts(touches: readonly Touch[], posts: readonly Post[]): Weight[] {
  if (touches.length === 1) return pick(touches, 0, 'only-touch');
  const places = new Set(posts.map(({ place }) => place));
  const between = BigInt(touches.length - places.size);
  const rest = 100n - posts.reduce((sum, { percent }) => sum + percent, 0n);
  return touches.map((touch, place) => {
    const [post, ...others] = posts.filter((each) => each.place === place);
    if (!post) return { touch, weight: (rest * WHOLE) / between, reason: 'between' };
    const percent = others.reduce((sum, other) => sum + other.percent, post.percent);
    return { touch, weight: percent * WHOLE, reason: post.reason };
  });
}

function pick(touches: readonly Touch[], chosen: number, reason: CreditReason): Weight[] {
  return touches.map((touch, place) => ({ touch, weight: place === chosen ? 1n : 0n, reason }));
}
