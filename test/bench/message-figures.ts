import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import { buildMime, encodeText, formatAddress, personalise, type Personal } from '#rendering';
import { prepareCopy, sealMaster, verifyEmail } from '#seal';
import { interleaved } from './interleaved.js';
import { contextOf, openReferences } from './render-references.js';
import { bakeFor, openRenderStage, partnerValues, POLICY, recipient, type RenderStage } from './render-stage.js';
import type { BuiltMime } from '../../libs/rendering/src/mime.js';

/** CPU milliseconds per message, or per partner for `brand`. */
export interface MessageFigures {
  readonly htmlBytes: number;
  readonly checkedValues: number;
  readonly naive: number;
  readonly precompiled: number;
  readonly recipient: number;
  readonly brand: number;
  readonly nodemailer: number;
  /** In pieces, most of which are shared with other messages. */
  readonly mime: number;
  /** Copied into its own buffer. */
  readonly mimeBuffer: number;
  readonly verify: number;
  /** The minimum cost: copying the same HTML into a new buffer. */
  readonly fillBuffer: number;
}

const RECIPIENTS = 512;

export async function measureMessages(): Promise<MessageFigures> {
  const stage = await openRenderStage();
  const people = Array.from({ length: RECIPIENTS }, (_, number) => recipient(number));
  const person = (turn: number) => people[turn % RECIPIENTS] ?? recipient(0);
  const references = await openReferences(stage);
  const contexts = people.map((one) => contextOf(stage.master, partnerValues(0), one));
  const context = (turn: number) => contexts[turn % RECIPIENTS] ?? {};
  const composed = people.slice(0, 32).map((one) => personal(stage, one));
  const verifying = verification(stage);
  const html = composed[0]?.html ?? '';
  const found = await interleaved({
    naive: (turn) => references.naive(context(turn)),
    precompiled: (turn) => touch(references.precompiled(context(turn))),
    recipient: (turn) => {
      recipientStage(stage, person(turn));
    },
    brand: (turn) => bakeFor(stage.master, turn),
    nodemailer: (turn) => compose(composed[turn % composed.length], person(turn).email),
    mime: (turn) => mime(stage, person(turn)).pieces,
    mimeBuffer: (turn) => mime(stage, person(turn)).raw,
    verify: verifying,
    fillBuffer: () => Buffer.from(html),
  });
  const checkedValues = stage.master.holes.filter(({ stage: when }) => when === 'recipient').length;
  return { ...found, htmlBytes: Buffer.byteLength(html), checkedValues };
}

function personal(stage: RenderStage, one: ReturnType<typeof recipient>): Personal {
  const result = personalise(stage.baked, one, POLICY);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.message;
}

/**
 * The whole recipient stage: all values checked and encoded; subject,
 * preheader, HTML and text built.
 */
function recipientStage(stage: RenderStage, one: ReturnType<typeof recipient>): void {
  const { html, text } = personal(stage, one);
  touch(html);
  touch(text);
}

/**
 * V8 joins strings at the first read. Reading one character makes it pay now.
 */
function touch(text: string): number {
  return text.charCodeAt(text.length >> 1);
}

function compose(message: Personal | undefined, to: string): Promise<Buffer> {
  const mail = new MailComposer({
    from: { name: 'Brightwater & Söhne', address: 'brightwater@mail.northwind.example' },
    to,
    subject: message?.subject ?? '',
    html: message?.html ?? '',
    text: message?.text ?? '',
  });
  return new Promise((resolve, reject) => {
    mail.compile().build((error, raw) => {
      if (error === null) resolve(raw);
      else reject(error);
    });
  });
}

/** A whole message as submitted, with all values checked. */
export function mime(
  stage: Pick<RenderStage, 'prepared'>,
  one: ReturnType<typeof recipient>,
): Extract<BuiltMime, { ok: true }> {
  const built = buildMime(stage.prepared, one, POLICY, encodeText, {
    messageId: one.email,
    headers: [
      ['From', formatAddress({ name: 'Brightwater & Söhne', address: 'brightwater@mail.northwind.example' })],
      ['To', formatAddress({ name: '', address: one.email })],
    ],
  });
  if (!built.ok) throw new Error(JSON.stringify(built.problems));
  return built;
}

/**
 * Verifies the final bytes of a message, decoded, against its seal and its
 * values.
 */
function verification(stage: RenderStage): (turn: number) => void {
  const copy = prepareCopy(sealMaster('welcome', stage.master), {
    origins: [POLICY.publicOrigin],
    partner: { partnerHosts: POLICY.partnerHosts, values: stage.baked.values },
  });
  const mails = Array.from({ length: 32 }, (_, number) => mime(stage, recipient(number)).raw);
  return (turn) => {
    const { finding } = verifyEmail(copy, mails[turn % mails.length] ?? Buffer.alloc(0));
    if (finding !== null) throw new Error(`A message that was just made is refused: ${JSON.stringify(finding)}`);
  };
}
