import { readdirSync, readFileSync } from 'node:fs';
import { DomainError } from '#kernel';
import { LOOK_UP_TROUBLES } from '#delivery';
import { REASON_CODES, reasonSentence } from '#sequences';
import type { SkipReason } from '#sequencing';
import { checkedHost } from '../../libs/brand/src/host-proof.js';
import { GERMAN_MISSING, GERMAN_PROBLEMS } from '../../apps/portal/src/locales/de.problems.js';
import { GERMAN_REASONS } from '../../apps/portal/src/locales/de.reasons.js';

/** The compiler holds the sequence's own reasons to the list. */
const SKIPPED: Readonly<Record<SkipReason, string>> = GERMAN_REASONS;

describe('the German of what the API says in English', () => {
  it('has every reason of a decision and of a wait, and none besides', () => {
    expect(Object.keys(GERMAN_REASONS).sort()).toEqual([...REASON_CODES].sort());
    expect(Object.keys(SKIPPED)).toEqual(expect.arrayContaining(['step-expired', 'skipped-by-partner']));
  });

  it('has every reason that the ledger writes', () => {
    const sources = readdirSync('libs/delivery/src', { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !/\.(?:spec|fixture)\.ts$/.test(name))
      .map((name) => readFileSync(`libs/delivery/src/${name}`, 'utf8'));
    const written = sources.flatMap((source) => source.match(/(?<=\breason(?::| =) ')[a-z-]+(?=')/g) ?? []);
    expect(new Set(written).size).toBeGreaterThan(8);
    expect(written.filter((code) => !REASON_CODES.includes(code))).toEqual([]);
  });

  it('translates: no sentence is the English one', () => {
    const same = Object.entries(GERMAN_REASONS).filter(([code, german]) => german === reasonSentence(code));
    expect(same).toEqual([]);
  });

  it('has every refusal about mail servers', () => {
    const sources = readdirSync('libs/delivery/src', { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
      .map((name) => readFileSync(`libs/delivery/src/${name}`, 'utf8'));
    const codes = new Set(sources.flatMap((source) => source.match(/(?<=')relay\.[a-z-]+(?=')/g) ?? []));
    // Made from the word alone: `notFound('relay', …)`.
    codes.add('relay.not-found');
    expect(codes.size).toBeGreaterThan(4);
    expect([...codes].filter((code) => !(code in GERMAN_PROBLEMS))).toEqual([]);
  });

  it('has every refusal of a host, and names what the refusal names', () => {
    const refusals = ['co.uk', 'gmail.com', 'mail.example', 'no host'].map((host) => {
      try {
        return checkedHost(host, 'mail.example') as never;
      } catch (error) {
        if (error instanceof DomainError) return error;
        throw error;
      }
    });
    expect(new Set(refusals.map(({ code }) => code)).size).toBe(4);
    for (const { code, message, details } of refusals) {
      const german: string = GERMAN_PROBLEMS[code as keyof typeof GERMAN_PROBLEMS];
      const { field, ...named } = details;
      expect(field).toBe('host');
      expect([...german.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name)).toEqual(Object.keys(named));
      for (const value of Object.values(named)) expect(message).toContain(value);
    }
  });

  it('has every trouble of a look-up', () => {
    expect(LOOK_UP_TROUBLES.length).toBeGreaterThan(10);
    expect(LOOK_UP_TROUBLES.filter((code) => !(`look-up.${code}` in GERMAN_PROBLEMS))).toEqual([]);
  });

  it('has every field that a brand profile may lack', () => {
    const source = readFileSync('libs/brand/src/brand-profile.ts', 'utf8');
    const fields = [...source.matchAll(/\[profile\.[\w.]+, '([\w.]+)', '/g)].map(([, field]) => field);
    expect(fields.length).toBeGreaterThan(5);
    expect(fields.filter((field) => !(String(field) in GERMAN_MISSING))).toEqual([]);
  });
});
