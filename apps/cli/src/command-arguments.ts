import { type Id, isId } from '#kernel';
import { CommandFailure } from './command-failure.js';

/** @throws CommandFailure if the argument is not an id. */
export function anId(value: string): Id<string> {
  if (isId(value)) return value;
  throw new CommandFailure(`"${value}" is not an id. An id looks like 0198c6f2-8a31-7c55-9d2e-3f1b6a7c8d90.`);
}

/** `text` of a value, or nothing if there is none. */
export function optional<T>(value: T | null, text: (value: T) => string): string {
  return value === null ? '' : text(value);
}
