import type { SealedHole, SealedMaster, SealedProgram, SealedSlot, TemplateType } from '#contracts';
import { hashOf, sha256 } from './canonical-json.js';

/** A program as the compiler returns it. */
export type ProgramSource = readonly (
  | string
  | { readonly hole: number }
  | {
      readonly when: Readonly<Partial<Record<string, readonly string[]>>>;
      readonly body: ProgramSource;
      readonly otherwise: ProgramSource;
    }
  | { readonly lock: string; readonly body: ProgramSource }
)[];

/**
 * The approved content of an e-mail or page, in the renderer's format. No code
 * is shared with the renderer.
 */
export interface MasterSource {
  readonly kind: TemplateType;
  readonly locale: string;
  readonly root: string;
  readonly holes: readonly SealedHole[];
  readonly slots: readonly (Omit<SealedSlot, 'options'> & {
    readonly options?: readonly { readonly name: string }[] | undefined;
  })[];
  readonly locks: readonly { readonly name: string; readonly hash: string }[];
  readonly html: ProgramSource;
  readonly text: ProgramSource;
  readonly subject: ProgramSource;
  readonly preheader: ProgramSource;
}

/**
 * A lock whose bytes differ from the approved ones, or that some recipients do
 * not get.
 */
class LockMismatch extends Error {
  override readonly name = 'LockMismatch';
}

/**
 * Records the approved content. Every lock's hash is computed again from its
 * bytes and compared.
 * @throws LockMismatch with the lock's name. Nothing may be published then.
 */
export function sealMaster(key: string, source: MasterSource): SealedMaster {
  const { kind, locale } = source;
  const holes = source.holes.map(({ path, type, stage, maxChars, fallback }) => ({
    path,
    type,
    stage,
    maxChars,
    fallback,
  }));
  const programs = {
    html: copyOf(source.html),
    text: copyOf(source.text),
    subject: copyOf(source.subject),
    preheader: copyOf(source.preheader),
  };
  const slots = source.slots.map(({ name, format, links, maxChars, maxLines, required, options }) => ({
    name,
    format,
    links,
    maxChars,
    maxLines,
    required,
    ...(options === undefined ? {} : { options: options.map((option) => option.name) }),
  }));
  const sealed = { kind, key, locale, holes, slots, locks: locksOf(source, programs.html, holes), ...programs };
  return { ...sealed, approvedRoot: source.root, root: rootOf(sealed) };
}

/**
 * Hash of all segments, and of everything that defines the values between them.
 */
function rootOf(master: Omit<SealedMaster, 'root' | 'approvedRoot'>): string {
  const { html, text, subject, preheader, ...rest } = master;
  return hashOf({ ...rest, segments: [html, text, subject, preheader].map(segmentHashes) });
}

/**
 * Whether a manifest's master is consistent: root and locks match its bytes.
 * @returns the first lock that does not match, `''` for a difference outside
 *   locks, null if it is consistent.
 */
export function brokenLock(master: SealedMaster): string | null {
  for (const { name, hash } of master.locks)
    if (lockHash(bodyOf(master.html, name), master.holes) !== hash) return name;
  return rootOf(withoutRoots(master)) === master.root ? null : '';
}

const withoutRoots = ({ kind, key, locale, holes, slots, locks, html, text, subject, preheader }: SealedMaster) => ({
  kind,
  key,
  locale,
  holes,
  slots,
  locks,
  html,
  text,
  subject,
  preheader,
});

function locksOf(
  { locks }: MasterSource,
  html: SealedProgram,
  holes: readonly SealedHole[],
): { name: string; hash: string }[] {
  return locks.map(({ name, hash }) => {
    const own = lockHash(bodyOf(html, name), holes);
    if (own !== hash)
      throw new LockMismatch(
        `The lock “${name}” differs from the approved one. Upload the campaign again as a new version.`,
      );
    return { name, hash };
  });
}

/**
 * Holes by content instead of by number: a lock has the same hash in every
 * template.
 */
function lockHash(body: SealedProgram | null, holes: readonly SealedHole[]): string | null {
  const form = (program: SealedProgram): unknown[] =>
    program.map((node) => {
      if (typeof node === 'string') return node;
      if ('hole' in node) {
        const hole = holes[node.hole];
        return ['hole', hole?.path ?? null, hole?.type ?? null, hole?.fallback ?? null];
      }
      if ('lock' in node) return ['lock', node.lock, form(node.body)];
      const conditions = Object.entries(node.when).sort(([a], [b]) => (a < b ? -1 : 1));
      return ['when', conditions, form(node.body), form(node.otherwise)];
    });
  return body === null ? null : hashOf(form(body));
}

/**
 * A lock's body. Locks in conditions do not count: every recipient gets a lock.
 */
function bodyOf(program: SealedProgram, name: string): SealedProgram | null {
  for (const node of program) {
    if (typeof node === 'string' || !('lock' in node)) continue;
    const found = node.lock === name ? node.body : bodyOf(node.body, name);
    if (found !== null) return found;
  }
  return null;
}

const segmentHashes = (program: SealedProgram): unknown[] =>
  program.map((node) => {
    if (typeof node === 'string') return sha256(node);
    if ('hole' in node) return node;
    if ('lock' in node) return { lock: node.lock, body: segmentHashes(node.body) };
    return { when: node.when, body: segmentHashes(node.body), otherwise: segmentHashes(node.otherwise) };
  });

const copyOf = (program: ProgramSource): SealedProgram =>
  program.map((node): SealedProgram[number] => {
    if (typeof node === 'string') return node;
    if ('hole' in node) return { hole: node.hole };
    if ('lock' in node) return { lock: node.lock, body: copyOf(node.body) };
    const conditions = Object.entries(node.when).flatMap(([field, values]) =>
      values === undefined ? [] : [[field, [...values]] as [string, string[]]],
    );
    return { when: Object.fromEntries(conditions), body: copyOf(node.body), otherwise: copyOf(node.otherwise) };
  });
