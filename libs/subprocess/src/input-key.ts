import { createHash } from 'node:crypto';
import { types } from 'node:util';

const sha256 = (content: string | NodeJS.ArrayBufferView): string => createHash('sha256').update(content).digest('hex');

/**
 * @param input of a task: plain values and bytes.
 * @returns a hash, the same for equal inputs in every process. `v8.serialize`
 *   is no base for it: it writes a text in one or two bytes per letter,
 *   depending on how V8 holds it, so that a later process compiled all
 *   templates again.
 * @throws TypeError for a Map or Set, which JSON leaves out.
 */
export function keyOf(input: unknown): string {
  return sha256(JSON.stringify({ input }, withHashedBytes));
}

/**
 * `this` is the object around the value: `JSON.stringify` has called `toJSON`
 * of a Buffer already.
 */
function withHashedBytes(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
  const raw = this[key];
  if (types.isUint8Array(raw)) return { sha256: sha256(raw) };
  if (types.isMap(raw) || types.isSet(raw)) throw new TypeError('The input of a task with a cache has a Map or Set.');
  return value;
}
