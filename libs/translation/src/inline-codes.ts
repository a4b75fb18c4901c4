/**
 * A part of a text. Codes are what a translator moves but does not change: fields, conditions, tags and
 * entities.
 */
export type TextPart = { readonly kind: 'words'; readonly text: string } | InlineCode;

export interface InlineCode {
  readonly kind: 'code';
  /** As it stands in the text: `{{partner.name}}`, `<b>`, `&nbsp;`. */
  readonly text: string;
  /** Its number in the text, from 1. */
  readonly number: number;
  /** An opening or a closing code has a partner; any other stands alone. */
  readonly role: 'opens' | 'closes' | 'alone';
  /** Number of the code that closes or opens it; null: it stands alone. */
  readonly partner: number | null;
}

/** Fields and conditions, tags, beginnings of comments, entities. */
const CODE = /\{\{[^{}]*\}\}|<!--|<\/?[a-zA-Z][^<>]*>|&(?:#\d+|#x[\da-f]+|\w+);/gi;
const TAG = /^<(\/?)([a-zA-Z][\w-]*)/;
const BLOCK = /^\{\{~?\s*([#/])\s*([\w.-]+)/;
const VOID_TAGS: readonly string[] = ['br', 'hr', 'img', 'wbr', 'input'];

interface Found {
  readonly text: string;
  readonly at: number;
}

/** The parts of a text, in its order. Joined, they are the text. */
export function partsOf(text: string): TextPart[] {
  const codes = codesAt(text);
  const partners = partnersOf(codes.map((code) => code.text));
  const parts: TextPart[] = [];
  let at = 0;
  for (const [index, code] of codes.entries()) {
    if (code.at > at) parts.push({ kind: 'words', text: text.slice(at, code.at) });
    const partner = partners.get(index) ?? null;
    const role = partner === null ? 'alone' : partner > index ? 'opens' : 'closes';
    parts.push({
      kind: 'code',
      text: code.text,
      number: index + 1,
      role,
      partner: partner === null ? null : partner + 1,
    });
    at = code.at + code.text.length;
  }
  if (at < text.length) parts.push({ kind: 'words', text: text.slice(at) });
  return parts;
}

function codesAt(text: string): Found[] {
  const found: Found[] = [];
  let done = 0;
  const lastEnd = text.lastIndexOf('-->');
  for (const { 0: code, index } of text.matchAll(CODE)) {
    // Within a comment.
    if (index < done) continue;
    // A comment without an end is words.
    if (code === '<!--' && lastEnd < index) continue;
    const end = code === '<!--' ? text.indexOf('-->', index) : -1;
    const whole = end === -1 ? code : text.slice(index, end + 3);
    found.push({ text: whole, at: index });
    done = index + whole.length;
  }
  return found;
}

/** Positions of the codes that open and close each other. Pairs are nested, never crossed. */
function partnersOf(codes: readonly string[]): Map<number, number> {
  const partners = new Map<number, number>();
  const open: { readonly name: string; readonly index: number }[] = [];
  for (const [index, code] of codes.entries()) {
    const shape = shapeOf(code);
    if (shape === null) continue;
    if (shape.isOpening) {
      open.push({ name: shape.name, index });
      continue;
    }
    const last = open.findLastIndex(({ name }) => name === shape.name);
    // What was opened inside and is not closed there stands alone.
    const [opening] = last === -1 ? [] : open.splice(last);
    if (opening === undefined) continue;
    partners.set(opening.index, index);
    partners.set(index, opening.index);
  }
  return partners;
}

/** Name of a code that opens or closes; null for one that stands alone. */
function shapeOf(code: string): { readonly name: string; readonly isOpening: boolean } | null {
  const [, sign, block] = BLOCK.exec(code) ?? [];
  if (sign !== undefined && block !== undefined) return { name: `{{${block}`, isOpening: sign === '#' };
  const [, slash, tag] = TAG.exec(code) ?? [];
  const name = tag?.toLowerCase();
  if (name === undefined || code.endsWith('/>') || VOID_TAGS.includes(name)) return null;
  return { name, isOpening: slash === '' };
}

/** Entities are letters: a translator may use others. */
const isEntity = (code: string): boolean => code.startsWith('&');
const codesOf = (text: string): InlineCode[] =>
  partsOf(text).filter((part): part is InlineCode => part.kind === 'code' && !isEntity(part.text));

/** Codes that a translation broke. */
export interface CodeFaults {
  /** Codes of the source that it lacks. */
  readonly missing: readonly string[];
  /** Codes that neither the source nor the translation before has. */
  readonly unknown: readonly string[];
  /** Codes that open without closing, or close before they open. */
  readonly unpaired: readonly string[];
}

/** A translation, and the source that it translated. */
interface Before {
  readonly source: string;
  readonly text: string;
}

/**
 * Compares the codes of a translation with those of its source.
 * @param before the translation before, which may differ deliberately: a
 *   language may not need the name that the source has. What its source did
 *   not have yet is no such difference. Null: there is none.
 * @returns null if all is right.
 */
export function codeFaults(source: string, text: string, before: Before | null = null): CodeFaults | null {
  const [inSource, inText, inBefore] = [codesOf(source), codesOf(text), codesOf(before?.text ?? '')];
  const known = codesOf(before?.source ?? '');
  const wanted = inSource.filter((code) => before === null || has(inBefore, code) || !has(known, code));
  const missing = without(wanted, inText);
  const unknown = without(inText, longest(inSource, inBefore));
  const paired = new Set([...inSource, ...inBefore].filter(({ role }) => role !== 'alone').map((code) => code.text));
  const unpaired = inText.filter((code) => code.role === 'alone' && paired.has(code.text)).map((code) => code.text);
  if (missing.length + unknown.length + unpaired.length === 0) return null;
  return { missing, unknown, unpaired: unpaired.filter((code) => !unknown.includes(code)) };
}

const has = (codes: readonly InlineCode[], { text }: InlineCode): boolean => codes.some((code) => code.text === text);

/** Texts of codes that others do not have, each as often as it is in excess. */
function without(codes: readonly InlineCode[], others: readonly InlineCode[]): string[] {
  const left = others.map(({ text }) => text);
  return codes.flatMap(({ text }) => {
    const at = left.indexOf(text);
    if (at === -1) return [text];
    left.splice(at, 1);
    return [];
  });
}

/** Codes of both, each as often as in the one that has more of it. */
const longest = (one: readonly InlineCode[], other: readonly InlineCode[]): InlineCode[] => {
  const extra = without(other, one);
  return [...one, ...extra.flatMap((text) => other.find((code) => code.text === text) ?? [])];
};
