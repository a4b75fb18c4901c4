import { hash } from 'node:crypto';
import { fieldOf } from './fields.js';
import type { Condition, Hole } from './master.js';

export type Marker =
  | { readonly kind: 'when'; readonly condition: Condition; readonly inline: boolean }
  | { readonly kind: 'else' }
  | { readonly kind: 'end' }
  | { readonly kind: 'lock'; readonly name: string }
  | { readonly kind: 'unlock' };

/**
 * Placeholders for values during compilation: a unique valid colour for
 * colours, an alphanumeric word for others. MJML and the parser treat them like
 * values. Afterwards the bytes are cut at the tokens.
 */
export class Tokens {
  readonly holes: Hole[] = [];
  private readonly nonce: string;
  private readonly holeTokens = new Map<string, string>();
  private readonly holeNumbers = new Map<string, number>();
  private readonly markers = new Map<string, Marker>();

  constructor(private readonly material: string) {
    let salt = 0;
    let nonce: string;
    do nonce = digest(`${salt++}:${material}`).slice(0, 10);
    while (material.includes(nonce));
    this.nonce = nonce;
  }

  /** @returns the token of a known path; null for an unknown field. */
  hole(path: string, given: string | null = null): string | null {
    const field = fieldOf(path);
    if (field === null) return null;
    const fallback = given ?? (field.mayBeEmpty === true ? '' : null);
    const key = `${path}\u0000${fallback ?? ''}`;
    const known = this.holeTokens.get(key);
    if (known !== undefined) return known;
    const number = this.holes.length;
    this.holes.push({ path, type: field.type, stage: field.stage, maxChars: field.maxChars, fallback });
    const token = field.type === 'colour' ? this.colourToken(path) : `tcq${this.nonce}x${number}z`;
    this.holeTokens.set(key, token);
    this.holeNumbers.set(token, number);
    return token;
  }

  /** Tokens of a path that is used already, one for each fallback. */
  tokensOf(path: string): string[] {
    return [...this.holeTokens].flatMap(([key, token]) => (key.startsWith(`${path}\u0000`) ? [token] : []));
  }

  marker(marker: Marker): string {
    const token = `tcm${this.nonce}x${this.markers.size}z`;
    this.markers.set(token, marker);
    return token;
  }

  holeNumber(token: string): number | undefined {
    return this.holeNumbers.get(token);
  }

  markerOf(token: string): Marker | undefined {
    return this.markers.get(token);
  }

  /**
   * Matches and captures every token made so far. Colours match in either case,
   * since a tool may change it.
   */
  get pattern(): RegExp {
    const colours = [...this.holeNumbers.keys()].filter((token) => token.startsWith('#'));
    return new RegExp(`(tc[qm]${this.nonce}x\\d+z${colours.map((colour) => `|${colour}`).join('')})`, 'g');
  }

  private colourToken(path: string): string {
    for (let salt = 0; ; salt++) {
      const token = `#${digest(`${this.nonce}:${path}:${salt}`).slice(0, 6)}`;
      // Contains letters and has no short form, so that shortening or case
      // changes cannot go unnoticed.
      const distinct = /[a-f]/.test(token) && !/^#(.)\1(.)\2(.)\3$/.test(token);
      if (distinct && !this.holeNumbers.has(token) && !this.material.toLowerCase().includes(token)) return token;
    }
  }
}

export const digest = (text: string): string => hash('sha256', text, 'hex');
