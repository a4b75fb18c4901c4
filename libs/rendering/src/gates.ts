import { isHole, type Hole, type Program } from './master.js';
import type { SourceReport } from './position.js';
import { walkProgram } from './program.js';
import type { ShownFields } from './screens.js';
import type { TemplateType } from '#contracts';

/** Gmail cuts longer messages, and the unsubscribe link with them. */
const MAX_EMAIL_BYTES = 102_000;

/**
 * Quality gates for a published e-mail or page. Errors block; warnings advise.
 * Problems have the position of the missing part.
 * @param inCatalogue receives problems of fields that are only in subject or
 *   preheader.
 */
export function checkQuality(
  kind: TemplateType,
  program: Program,
  holes: readonly Hole[],
  worstBytes: number,
  report: SourceReport,
  inCatalogue: SourceReport,
): void {
  if (kind === 'email') checkLawful(program, holes, worstBytes, report, inCatalogue);
  for (const { path, fallback, stage, type } of holes) {
    const isOfReader = type === 'text' || (type === 'email' && kind === 'page');
    if (stage !== 'recipient' || !isOfReader || fallback !== null) continue;
    const inSource = report.recordedPosition(path);
    const [told, place] = inSource === null ? [inCatalogue, inCatalogue.recordedPosition(path)] : [report, inSource];
    if (kind === 'page')
      told.error(
        'recipient-on-page',
        place,
        `{{${path}}} is on a page, but the reader of a page is not known.`,
        `Write {{fallback ${path} "you"}}, or leave it out.`,
      );
    else
      told.warning(
        'fallback-missing',
        place,
        `{{${path}}} has no fallback: a contact without it gets no message.`,
        `Write {{fallback ${path} "…"}}.`,
      );
  }
}

/** What the law demands of an e-mail must be there on every screen. */
export function checkScreens({ always, onSomeScreens, hasNowhere }: ShownFields, report: SourceReport): void {
  for (const path of ['links.unsubscribe', 'partner.address', 'partner.legalName'])
    if (onSomeScreens.has(path) && !always.has(path))
      report.error(
        'screen-required',
        report.recordedPosition(path) ?? report.recordedPosition('body'),
        `{{${path}}} is in a block that is hidden on some screens. Every recipient must see it.`,
        'Remove hide-on-phone and hide-on-desktop from the blocks around it.',
      );
  if (hasNowhere)
    report.error(
      'screen-none',
      report.recordedPosition('body'),
      'A block has both hide-on-phone and hide-on-desktop, itself or by a block around it: it is never shown.',
      'Keep one of the two classes, or remove the block.',
    );
}

function checkLawful(
  program: Program,
  holes: readonly Hole[],
  worstBytes: number,
  report: SourceReport,
  inCatalogue: SourceReport,
): void {
  const body = report.recordedPosition('body');
  const footer = report.recordedPosition('lock.footer') ?? body;
  const always = new Set(
    [...walkProgram(program)].flatMap(({ node, conditional }) =>
      !conditional && isHole(node) ? [holes[node.hole]?.path ?? ''] : [],
    ),
  );
  const isMissing = (path: string): boolean =>
    !always.has(path) && !report.isReported(path) && !inCatalogue.isReported(path);
  if (isMissing('links.unsubscribe'))
    report.error(
      'unsubscribe-missing',
      footer,
      'The e-mail has no unsubscribe link that every recipient sees.',
      'Put <a href="{{links.unsubscribe}}"> into the footer, outside any condition.',
    );
  if (isMissing('partner.address'))
    report.error(
      'postal-address-missing',
      footer,
      'The e-mail does not show the sender’s postal address.',
      'Put {{partner.address}} into the footer, outside any condition.',
    );
  if (isMissing('partner.legalName'))
    report.error(
      'legal-name-missing',
      footer,
      'The e-mail does not show the sender’s legal name.',
      'Put {{partner.legalName}} into the footer, outside any condition.',
    );
  if (![...walkProgram(program)].some(({ node }) => isHole(node) && holes[node.hole]?.type === 'slot')) {
    report.warning(
      'slot-missing',
      body,
      'The e-mail has no slot, so partners cannot add their own text.',
      'Add <tc-slot name="offer" …>.',
    );
  }
  if (worstBytes > MAX_EMAIL_BYTES)
    report.error(
      'email-too-large',
      body,
      `The e-mail can grow to ${Math.ceil(worstBytes / 1000)} kB; Gmail cuts it off at 102 kB.`,
      'Shorten it, or lower max-chars of its slots.',
    );
}
