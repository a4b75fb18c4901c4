import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { isHole, type Hole, type Program } from './master.js';
import type { SourceReport } from './position.js';
import { walkProgram } from './program.js';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** Gmail shows the rest of a longer message behind a link, and with it the unsubscribe link. */
const MAX_EMAIL_BYTES = 102_000;

/** What a published e-mail or page must have, besides being correct. Errors block; warnings advise. */
export function checkQuality(
  kind: 'email' | 'page',
  html: string,
  program: Program,
  holes: readonly Hole[],
  worstBytes: number,
  report: SourceReport,
): void {
  if (kind === 'email') checkLawful(program, holes, worstBytes, report);
  checkAccessible(html, report);
  for (const { path, fallback, stage, type } of holes) {
    if (stage !== 'recipient' || type !== 'text' || fallback !== null) continue;
    if (kind === 'page')
      report.error(
        'recipient-on-page',
        report.placeOf(path),
        `{{${path}}} stands on a page, whose reader nobody knows.`,
        `Write {{fallback ${path} "you"}}, or leave it out.`,
      );
    else
      report.warning(
        'fallback-missing',
        report.placeOf(path),
        `{{${path}}} has no fallback: a contact without it gets no message.`,
        `Write {{fallback ${path} "…"}}.`,
      );
  }
}

function checkLawful(program: Program, holes: readonly Hole[], worstBytes: number, report: SourceReport): void {
  const always = new Set(
    [...walkProgram(program)].flatMap(({ node, conditional }) =>
      !conditional && isHole(node) ? [holes[node.hole]?.path ?? ''] : [],
    ),
  );
  if (!always.has('links.unsubscribe'))
    report.error(
      'unsubscribe-missing',
      null,
      'The e-mail has no unsubscribe link that every recipient sees.',
      'Put <a href="{{links.unsubscribe}}"> into the footer, outside any condition.',
    );
  if (!always.has('partner.address'))
    report.error(
      'postal-address-missing',
      null,
      'The e-mail does not show the sender’s postal address.',
      'Put {{partner.address}} into the footer, outside any condition.',
    );
  if (!always.has('partner.legalName'))
    report.error(
      'legal-name-missing',
      null,
      'The e-mail does not show the sender’s legal name.',
      'Put {{partner.legalName}} into the footer, outside any condition.',
    );
  if (![...walkProgram(program)].some(({ node }) => isHole(node) && holes[node.hole]?.type === 'slot')) {
    report.warning(
      'slot-missing',
      null,
      'The e-mail has no slot: partners can say nothing of their own.',
      'Add <tc-slot name="offer" …>.',
    );
  }
  if (worstBytes > MAX_EMAIL_BYTES)
    report.error(
      'email-too-large',
      null,
      `The e-mail can grow to ${Math.ceil(worstBytes / 1000)} kB; Gmail cuts it off at 102 kB.`,
      'Shorten it, or lower max-chars of its slots.',
    );
}

function checkAccessible(html: string, report: SourceReport): void {
  let lastHeading = 0;
  let firstHeadings = 0;
  for (const element of elements(parse(html))) {
    const level = /^h([1-6])$/.exec(element.tagName)?.[1];
    if (level === undefined) continue;
    if (Number(level) > lastHeading + 1)
      report.warning(
        'heading-order',
        null,
        `A heading of level ${level} follows one of level ${lastHeading}.`,
        'Do not skip levels: screen readers list headings.',
      );
    lastHeading = Number(level);
    if (lastHeading === 1) firstHeadings += 1;
  }
  if (firstHeadings > 1)
    report.warning('heading-first', null, `There are ${firstHeadings} headings of level 1.`, 'Keep one.');
}

function* elements(node: Node): Generator<Element> {
  if ('tagName' in node) yield node;
  if ('childNodes' in node) for (const inner of node.childNodes) yield* elements(inner);
}
