import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common';
import { dictionary as english } from '@zxcvbn-ts/language-en';

/**
 * Characters that are scored: zxcvbn's time grows faster than the length.
 */
const SCORED_CHARS = 64;
/**
 * 64 characters of leet speak take up to 0.13 s; with zxcvbn's 100
 * substitutions up to 1 s.
 */
const LEET_SUBSTITUTIONS = 5;
/**
 * Guesses, as power of ten. Online guessing is limited to ten an address and
 * 15 minutes. Against a stolen hash, 10^8 guesses take a core 40 days.
 */
const ENOUGH_GUESSES_LOG10 = 8;
/** Shorter words match by chance. */
const SHORTEST_WORD = 4;

let zxcvbn: ZxcvbnFactory | null = null;

/**
 * Whether an attacker finds the password within 10^8 guesses, by zxcvbn
 * (Wheeler, USENIX Security 2016) with lists of common and breached passwords,
 * English words and names. Blocks its thread: 0.4 s for
 * the first call, then up to 0.13 s.
 * @param personal texts about the person. Their words are removed, because
 *   zxcvbn takes three of them in a row for a strong password, and their
 *   variants count as the first guesses.
 */
export function isGuessed(password: string, personal: readonly string[]): boolean {
  zxcvbn ??= new ZxcvbnFactory({
    dictionary: { ...common, ...english },
    graphs: adjacencyGraphs,
    l33tMaxSubstitutions: LEET_SUBSTITUTIONS,
    maxLength: SCORED_CHARS,
  });
  const words = personal.flatMap(wordsOf);
  const scored = [...withoutWords(password, words)].slice(0, SCORED_CHARS).join('');
  return zxcvbn.check(scored, words).guessesLog10 < ENOUGH_GUESSES_LOG10;
}

/** A text, and its words: `olivia@brightwater.example` has three. */
const wordsOf = (text: string): string[] =>
  [text, ...text.split(/[^\p{L}\p{N}]+/u)].filter((word) => word.length >= SHORTEST_WORD);

/** Words are texts, not patterns, and the longest goes first. */
function withoutWords(password: string, words: readonly string[]): string {
  const longestFirst = words.map((word) => word.toLowerCase()).sort((a, b) => b.length - a.length);
  return longestFirst.reduce((rest, word) => rest.replaceAll(word, ''), password.toLowerCase());
}
