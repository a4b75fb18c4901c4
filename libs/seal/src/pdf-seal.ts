import type { ReservedObject, SealedDocument } from '#contracts';
import { sha256 } from './canonical-json.js';
import { type Finding, findingOf } from './finding.js';
import { PdfCursor, PdfMismatch } from './pdf-cursor.js';
import { drawingProblem } from './pdf-drawing.js';
import { inflated, linkProblem, maskProblem, pictureProblem } from './pdf-objects.js';

/** One object of a revision, as in the file. */
interface RevisedObject {
  readonly object: number;
  readonly offset: number;
  readonly entries: string;
  readonly stream: Buffer | null;
}

/**
 * Verifies a partner's copy of a PDF.
 * The locked bytes are an unchanged prefix. One incremental update follows (ISO
 * 32000-2, 7.5.6).
 * It defines exactly the reserved objects, each as its kind allows, to the last
 * byte.
 * @returns null if the copy is valid.
 */
export function verifyPdf(sealed: SealedDocument, bytes: Buffer): Finding | null {
  const prefix = bytes.subarray(0, sealed.prefixBytes);
  if (prefix.length < sealed.prefixBytes || sha256(prefix) !== sealed.prefixHash)
    return pdfFinding(
      sealed,
      'locked-bytes',
      0,
      sealed.prefixHash,
      sha256(prefix),
      'The locked pages of the document were changed.',
    );
  const cursor = new PdfCursor(bytes, sealed.prefixBytes);
  try {
    const objects = readObjects(cursor, sealed);
    for (const reserved of sealed.reserved) checkObject(reserved, objects, sealed.reserved);
    readEnd(cursor, sealed, objects);
    return null;
  } catch (error) {
    if (!(error instanceof PdfMismatch)) throw error;
    const { offset, expected, found, message } = error;
    return pdfFinding(sealed, 'revision', offset, expected, found, message);
  }
}

function readObjects(cursor: PdfCursor, { reserved }: SealedDocument): RevisedObject[] {
  const objects: RevisedObject[] = [];
  while (!cursor.at('xref\n')) {
    const { offset } = cursor;
    const object = cursor.number(' 0 obj\n<< ');
    if ((objects.at(-1)?.object ?? 0) >= object || !reserved.some((one) => one.object === object))
      throw new PdfMismatch(
        offset,
        'a reserved object, each once',
        `object ${object}`,
        'The revision changes an object that is not the partner’s.',
      );
    objects.push({ object, offset, ...readBody(cursor) });
  }
  return objects;
}

function readBody(cursor: PdfCursor): { entries: string; stream: Buffer | null } {
  const { offset } = cursor;
  const head = cursor.line();
  const stream = /^(.*) \/Length (\d{1,8}) >>$/.exec(head);
  if (stream !== null && cursor.at('stream\n')) {
    cursor.expect('stream\n');
    const data = cursor.readBytes(Number(stream[2]));
    cursor.expect('\nendstream\nendobj\n');
    return { entries: stream[1] ?? '', stream: data };
  }
  if (!head.endsWith(' >>'))
    throw new PdfMismatch(offset, '… >>', head, 'An object of the revision does not end correctly.');
  cursor.expect('endobj\n');
  return { entries: head.slice(0, -' >>'.length), stream: null };
}

function checkObject(
  reserved: ReservedObject,
  objects: readonly RevisedObject[],
  all: readonly ReservedObject[],
): void {
  const found = objects.find(({ object }) => object === reserved.object);
  if (found === undefined)
    throw new PdfMismatch(
      0,
      `object ${reserved.object}`,
      'nothing',
      `The revision lacks the ${reserved.kind} ${reserved.object}.`,
    );
  const problem = problemOf(reserved, found, all);
  if (problem !== null) throw new PdfMismatch(found.offset, `a ${reserved.kind}`, found.entries, problem);
}

function problemOf(
  reserved: ReservedObject,
  { entries, stream }: RevisedObject,
  all: readonly ReservedObject[],
): string | null {
  switch (reserved.kind) {
    case 'link':
      return stream === null ? linkProblem(entries, reserved.box) : 'A link has a stream.';
    case 'drawing': {
      const operators = stream === null || entries !== '/Filter /FlateDecode' ? null : inflated(stream);
      return operators === null
        ? 'A drawing is not compressed correctly.'
        : drawingProblem(operators.toString('latin1'), reserved.boxes);
    }
    case 'picture': {
      const mask = all.find((other) => other.kind === 'mask' && other.surface === reserved.surface);
      return stream === null || mask === undefined
        ? 'A picture has no pixels or no mask.'
        : pictureProblem(entries, stream, mask.object);
    }
    case 'mask':
      return stream === null ? 'A mask has no pixels.' : maskProblem(entries, stream);
  }
}

/**
 * Cross-reference sections and trailer follow from the objects. They are
 * generated again and compared.
 */
function readEnd(cursor: PdfCursor, sealed: SealedDocument, objects: readonly RevisedObject[]): void {
  const { offset } = cursor;
  let table = 'xref\n';
  for (const [at, object] of objects.entries()) {
    if (objects[at - 1]?.object !== object.object - 1) {
      let count = 1;
      while (objects[at + count]?.object === object.object + count) count++;
      table += `${object.object} ${count}\n`;
    }
    table += `${String(object.offset).padStart(10, '0')} 00000 n \n`;
  }
  cursor.expect(`${table}trailer\n${endOfRevision(sealed)}\nstartxref\n${offset}\n%%EOF\n`);
  cursor.expectEnd();
}

/** A document is one lock with its own name. */
export const documentLock = ({ key, locale }: SealedDocument): string => `document ${key} (${locale})`;

/** The trailer that only revisions of this document repeat. */
export const endOfRevision = ({ trailer, xrefOffset }: SealedDocument): string =>
  `<< ${trailer} /Prev ${xrefOffset} >>`;

function pdfFinding(
  sealed: SealedDocument,
  code: string,
  offset: number,
  expected: string,
  found: string,
  message: string,
): Finding {
  return {
    ...findingOf('file', {
      code,
      lock: documentLock(sealed),
      message,
      expected: expected.slice(0, 80),
      found: found.slice(0, 80),
      remedy: 'Do not trust this copy: download the document again from the partner.',
    }),
    offset,
  };
}
