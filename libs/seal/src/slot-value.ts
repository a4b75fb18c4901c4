import type { SealedSlot } from '#contracts';
import { isAllowedAddress, type Hosts } from './address.js';
import { isReadable, lengthOf, readEscaped } from './text-rules.js';

interface Run {
  readonly words: string;
  readonly styled: boolean;
  readonly href: string | null;
}

/**
 * Reads a slot's value from HTML: runs of text, each optionally in `<a>`,
 * `<b>`, `<i>` in this order, in lines divided by `<br>` or in the items of one
 * `<ul>`.
 * @returns the text that the text part must contain; null if the slot does not
 *   allow the value.
 */
export function readSlot(slot: SealedSlot, html: string, hosts: Hosts): string | null {
  if (slot.format === 'choice') return slot.options?.includes(html) === true ? html : null;
  const lines = slot.format === 'list' ? listItems(html) : html.split('<br>');
  const blocks = lines?.map(readRuns) ?? [null];
  if (blocks.some((runs) => runs === null)) return null;
  const known = blocks as Run[][];
  return isAllowedIn(slot, known, hosts) ? asText(slot, known) : null;
}

function listItems(html: string): string[] | null {
  const inner = /^<ul>(.*)<\/ul>$/s.exec(html)?.[1];
  if (inner === undefined) return null;
  if (inner === '') return [];
  return /^<li>(.*)<\/li>$/s.exec(inner)?.[1]?.split('</li><li>') ?? null;
}

const RUN =
  /<a href="([^"<>']*)">(?:<b>(?:<i>([^<>]*)<\/i>|([^<>]*))<\/b>|<i>([^<>]*)<\/i>|([^<>]*))<\/a>|<b>(?:<i>([^<>]*)<\/i>|([^<>]*))<\/b>|<i>([^<>]*)<\/i>|([^<>]+)/y;

function readRuns(html: string): Run[] | null {
  const runs: Run[] = [];
  for (RUN.lastIndex = 0; RUN.lastIndex < html.length;) {
    const match = RUN.exec(html);
    if (match === null) return null;
    const [, address, ...inner]: (string | undefined)[] = match;
    const words = readEscaped(inner.find((part) => part !== undefined) ?? '');
    const href = address === undefined ? null : readEscaped(address);
    if (words === null || (address !== undefined && href === null) || words !== words.normalize('NFC')) return null;
    runs.push({ words, styled: /<[bi]>/.test(match[0]), href });
  }
  return runs;
}

function isAllowedIn(slot: SealedSlot, blocks: readonly Run[][], hosts: Hosts): boolean {
  const runs = blocks.flat();
  // Limits apply to the whole text: a mark at the start of one run may combine
  // with the letter before it.
  const words = blocks
    .map((block) => block.map((run) => run.words).join(''))
    .join('\n')
    .normalize('NFC');
  return (
    blocks.length <= Math.max(slot.maxLines, 1) &&
    isReadable(words) &&
    lengthOf(words) <= slot.maxChars &&
    !(slot.required && words.trim() === '') &&
    runs.every((run) => !run.words.includes('\n')) &&
    (slot.format !== 'plain' || runs.every((run) => !run.styled)) &&
    runs.every(
      ({ href }) =>
        href === null || (slot.links === 'partner' && slot.format !== 'plain' && isAllowedAddress('url', href, hosts)),
    )
  );
}

function asText(slot: SealedSlot, blocks: readonly Run[][]): string {
  const lines = blocks.map((runs) =>
    runs
      .map(({ words, href }) => (href === null ? words : `${words} [${href}]`))
      .join('')
      .normalize('NFC'),
  );
  return slot.format === 'list' ? lines.map((line) => `* ${line}`).join('\n') : lines.join('\n');
}
