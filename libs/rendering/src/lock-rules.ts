import { type Hole, isLock, isOfDetail, isOfPartner, isWhen, type Lock, type Program } from './master.js';
import type { SourceReport } from './position.js';
import { programHash, walkProgram } from './program.js';

/** The locks of a program with their hashes. Problems go to the report. */
export function locksOf(
  program: Program,
  holes: readonly Hole[],
  required: readonly string[],
  report: SourceReport,
): Lock[] {
  const locks: Lock[] = [];
  for (const { node, conditional } of walkProgram(program)) {
    if (typeof node === 'string' || !isLock(node)) continue;
    const place = report.recordedPosition(`lock.${node.lock}`);
    if (conditional)
      report.error(
        'lock-conditional',
        place,
        `The lock “${node.lock}” is in a condition.`,
        'Move it out: every recipient must get it.',
      );
    if (
      [...walkProgram(node.body)].some(
        ({ node: within }) => isWhen(within) && isOfPartner(within.when) && !isOfDetail(within.when),
      )
    )
      report.error(
        'lock-choice',
        place,
        `A part of the lock “${node.lock}” is chosen or hidden by partners.`,
        'Move the choice out of the lock, or write the part without tc-choice, tc-optional, tc-picture, and tc-button with links="partner".',
      );
    if (locks.some(({ name }) => name === node.lock))
      report.error('lock-twice', place, `The lock “${node.lock}” occurs twice.`, 'Rename the second one.');
    locks.push({ name: node.lock, hash: programHash(node.body, holes) });
  }
  for (const name of required) {
    if (locks.some((lock) => lock.name === name)) continue;
    report.error(
      'lock-missing',
      report.recordedPosition('body'),
      `The lock “${name}” that campaign.yaml requires is missing.`,
      `Add <tc-lock name="${name}">…</tc-lock>.`,
    );
  }
  return locks;
}
