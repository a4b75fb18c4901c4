import { deflateSync } from 'node:zlib';
import type { DocumentProof } from './prepared-document.js';

/**
 * One object of a revision: its dictionary as text without `/Length`, and its
 * optional stream.
 */
export interface RevisedObject {
  readonly object: number;
  /** Entries between `<<` and `>>`. */
  readonly entries: string;
  readonly stream?: Buffer;
}

/** Operators, compressed: the object of a drawing. */
export function drawingObject(object: number, operators: string): RevisedObject {
  return { object, entries: '/Filter /FlateDecode', stream: deflateSync(operators) };
}

/**
 * The bytes after the master in a partner's copy: contents of the reserved
 * objects, a cross-reference section and a trailer that repeats the master's
 * (ISO 32000-2, 7.5.6). Nothing else is appended. docs/document-revision.md has
 * the grammar.
 */
export function appendRevision(master: DocumentProof, objects: readonly RevisedObject[]): Buffer {
  const ordered = [...objects].sort((a, b) => a.object - b.object);
  const parts: Buffer[] = [];
  const offsets: [object: number, offset: number][] = [];
  let offset = master.byteLength;
  const add = (part: Buffer): void => {
    parts.push(part);
    offset += part.length;
  };
  for (const { object, entries, stream } of ordered) {
    offsets.push([object, offset]);
    if (stream === undefined) add(Buffer.from(`${object} 0 obj\n<< ${entries} >>\nendobj\n`, 'latin1'));
    else {
      add(Buffer.from(`${object} 0 obj\n<< ${entries} /Length ${stream.length} >>\nstream\n`, 'latin1'));
      add(stream);
      add(Buffer.from('\nendstream\nendobj\n', 'latin1'));
    }
  }
  const tail = `trailer\n<< ${master.trailer} /Prev ${master.xrefOffset} >>\nstartxref\n${offset}\n%%EOF\n`;
  add(Buffer.from(xrefSections(offsets) + tail, 'latin1'));
  return Buffer.concat(parts);
}

/** Sections of consecutive object numbers. Every entry has 20 bytes. */
function xrefSections(offsets: readonly (readonly [object: number, offset: number])[]): string {
  let out = 'xref\n';
  for (let from = 0; from < offsets.length;) {
    const first = offsets[from]?.[0] ?? 0;
    let to = from;
    while (offsets[to]?.[0] === first + (to - from)) to += 1;
    out += `${first} ${to - from}\n`;
    for (const [, offset] of offsets.slice(from, to)) out += `${String(offset).padStart(10, '0')} 00000 n \n`;
    from = to;
  }
  return out;
}
