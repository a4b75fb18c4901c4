import { doctypeAt, withoutComments } from './svg-prologue.js';

/** Limit of entities per file. Old Illustrator files declare eight. */
const MAX_ENTITIES = 40;
const MAX_VALUE_LENGTH = 200;

/**
 * A value must not contain markup, another entity, or the end of an attribute.
 * Then a replacement can only produce text.
 */
const ENTITY = /<!ENTITY\s+([\w.-]+)\s+(?:"([^"'<>&%]*)"|'([^"'<>&%]*)')\s*>/gi;

/**
 * An SVG's text without its document type. Old Illustrator files declare
 * namespace entities (`<!ENTITY ns_svg "http://www.w3.org/2000/svg">`). These
 * are expanded.
 * @returns null if the document type declares anything else or does not
 *   end, or the result exceeds `maxLength`.
 */
export function withoutDoctype(svg: string, maxLength: number): string | null {
  const start = svg.search(/<!DOCTYPE/i);
  if (start === -1) return svg;
  const doctype = doctypeAt(svg, start);
  if (doctype === null) return null;
  const { subset } = doctype;
  const entities = new Map<string, string>();
  for (const [, name = '', double, single] of subset.matchAll(ENTITY)) entities.set(name, double ?? single ?? '');
  const rest = withoutComments(subset.replace(ENTITY, ''));
  const isPlain = [...entities.values()].every((value) => value.length <= MAX_VALUE_LENGTH);
  if (rest.trim() !== '' || entities.size > MAX_ENTITIES || !isPlain) return null;
  let length = svg.length;
  const expanded = svg.replace(doctype.text, '').replace(/&([\w.-]+);/g, (reference, name: string) => {
    const value = length > maxLength ? undefined : entities.get(name);
    if (value === undefined) return reference;
    length += value.length - reference.length;
    return value;
  });
  return length > maxLength ? null : expanded;
}
