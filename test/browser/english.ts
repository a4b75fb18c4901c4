import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { packageRoot } from '#kernel';
import { sentencesOf } from './words.js';

/**
 * In the browser: all that can be read or heard of the page itself; previews
 * are documents of their own.
 */
const READ = `(() => {
  const texts = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement, data } = walker.currentNode;
    if (parentElement.closest('script, style, noscript, .cm-editor, code, [lang]:not(html)') === null) texts.add(data.trim());
  }
  for (const name of ['aria-label', 'placeholder', 'title', 'alt'])
    for (const element of document.querySelectorAll('[' + name + ']')) texts.add(element.getAttribute(name).trim());
  return [...texts].filter((text) => text !== '');
})()`;

const escaped = (text: string): string => text.replace(/[.*+?^$()|[\]\\{}]/g, '\\$&');
/** A sentence, whatever stands in the places for values. */
const shapeOf = (sentence: string): string =>
  escaped(sentence)
    .replace(/\\\{\\\{count\\\}\\\}/g, '[\\d.,]+')
    .replace(/\\\{\\\{.*?\\\}\\\}/g, '.+');

/** A sentence of values alone would fit whatever stands on a page. */
const isSaid = (sentence: string): boolean => /[a-z]{3}/i.test(sentence.replace(/\{\{.*?\}\}/g, ''));
const german = new Set(sentencesOf('de').filter(isSaid));
const english = sentencesOf('en').filter((sentence) => isSaid(sentence) && !german.has(sentence));
const oneOf = (sentences: Iterable<string>): RegExp => new RegExp(`^(?:${[...sentences].map(shapeOf).join('|')})$`);
const ENGLISH = oneOf(english);
const GERMAN = oneOf(german);
/**
 * A whole sentence with a word that English cannot do without, and German never
 * has.
 */
const SPOKEN = /\b(?:the|and|of|with|you|your|are|has|have|this|that|from|not|cannot|yet|which)\b.*[.!?]$/i;
/** The campaigns' own copy: its language is the vendor's business. */
const COPY = ['cloud-cost-clarity', 'zero-trust-edge']
  .flatMap((name) => ['campaign.yaml', 'locales/en.yaml'].map((file) => join(packageRoot(), 'templates', name, file)))
  .map((file) =>
    readFileSync(file, 'utf8')
      .replaceAll("''", "'")
      .replace(/<\/?b>/g, '')
      .replace(/\s+/g, ' '),
  )
  .join(' ');
const isCopy = (text: string): boolean =>
  COPY.includes(text.replace(/…$/, '')) || COPY.includes(text.replaceAll('Brightwater IT', '{{partner.name}}'));
/** A heading that was pasted. */
const PASTED = 'Sending';
/** The seed's partner group of this name: its language is the vendor's, too. */
const SEEDED = 'All partners';

/**
 * What stands on a page in English though the page is German: the portal's own
 * words, and sentences of whoever speaks through it.
 */
export async function englishOn(page: Page): Promise<string[]> {
  return (await page.evaluate<string[]>(READ)).filter(isEnglish);
}

const isEnglish = (text: string): boolean =>
  !GERMAN.test(text) &&
  (ENGLISH.test(text) || SPOKEN.test(text)) &&
  !isCopy(text) &&
  text !== PASTED &&
  text !== SEEDED;
