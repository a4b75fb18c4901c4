import { parse } from 'yaml';
import { flat } from './layout-checks.js';

/** What a reader is like, as conditions ask. */
export type Trait = Readonly<Partial<Record<'industry' | 'persona' | 'stage' | 'segment' | 'country', string>>>;

/**
 * The vendor's sentences that a reader has to get, read from the sources alone:
 * nothing of the renderer takes part. Conditions are decided here in a second
 * way; what stands in slots is the partner's, and left out.
 */
export function vendorCopy(source: string, catalogue: string, trait: Trait): { has: string[]; lacks: string[] } {
  const texts = flatKeys(parse(catalogue) as Record<string, unknown>);
  const [chosen, left] = chooseInline(source.replace(/<tc-slot\b[\s\S]*?<\/tc-slot>/g, ''), trait);
  const lacks = [left];
  const shown = chosen.replace(/<tc-when\b([^>]*)>([\s\S]*?)<\/tc-when>/g, (_, conditions: string, body: string) => {
    if (meets(conditions, trait)) return body;
    lacks.push(body);
    return '';
  });
  const has = sentences(shown, texts);
  return { has, lacks: lacks.flatMap((part) => sentences(part, texts)).filter((text) => !has.includes(text)) };
}

const CONDITION = /\{\{#when ([^}]*)\}\}([\s\S]*?)\{\{else\}\}([\s\S]*?)\{\{\/when\}\}/g;

function chooseInline(source: string, trait: Trait): [chosen: string, left: string] {
  let left = '';
  const chosen = source.replace(CONDITION, (_, conditions: string, yes: string, no: string) => {
    const isMet = meets(conditions, trait);
    left += isMet ? no : yes;
    return isMet ? yes : no;
  });
  return [chosen, left];
}

const meets = (conditions: string, trait: Trait): boolean =>
  [...conditions.matchAll(/([a-z]+)="([^"]*)"/g)].every(([, field = '', values = '']) => {
    const actual = trait[field as keyof Trait]?.toLowerCase();
    return actual !== undefined && values.toLowerCase().split('|').includes(actual);
  });

/**
 * Texts of catalogue keys outside of tags: those in `alt` and `title` are not
 * read as lines.
 */
function sentences(source: string, texts: ReadonlyMap<string, string>): string[] {
  const keys = [...source.matchAll(/(?<!=")\{\{t "([^"]+)"\}\}/g)].map(([, key = '']) => key);
  return [...new Set(keys)]
    .flatMap((key) => {
      const text = texts.get(key);
      if (text === undefined) throw new Error(`No text has the key ${key}.`);
      return text.split(/\{\{[^}]*\}\}/).map((part) => flat(part.replace(/<[^>]*>/g, '')));
    })
    .filter((part) => part !== '');
}

function flatKeys(tree: Record<string, unknown>, path = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [[path + key, value] as const]
        : [...flatKeys(value as Record<string, unknown>, `${path}${key}.`)],
    ),
  );
}
