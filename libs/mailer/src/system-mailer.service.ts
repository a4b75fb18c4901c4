import { Inject, Injectable } from '@nestjs/common';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import { withCrlf } from './line-ends.js';
import { DkimSigner } from './dkim-signer.service.js';
import { MailTransport } from './mail-transport.adapter.js';

export const SYSTEM_SENDER = Symbol('SystemSender');

export interface SystemSender {
  /** As in a header: `Throughline <no-reply@example.com>`. */
  readonly from: string;
}

/** Sends system e-mails: invitations, password resets, notices. */
@Injectable()
export class SystemMailer {
  constructor(
    private readonly transport: MailTransport,
    private readonly signer: DkimSigner,
    @Inject(SYSTEM_SENDER) private readonly sender: SystemSender,
  ) {}

  /**
   * Sends one e-mail.
   * @param message `messageId` without angle brackets. The same e-mail must
   *   have the same one, so that a repetition is recognised.
   * @returns `refused` if the relay refuses it for good, with its text without
   *   addresses.
   * @throws Error if the relay does not accept it for now. The job tries again.
   */
  async send(message: {
    to: string;
    subject: string;
    text: string;
    html: string;
    messageId: string;
    date: Date;
    /** Display name beside our own address. */
    senderName?: string | null;
    /** Where bounces go; our own address if omitted. */
    returnPath?: string | null;
    /** PNG that the HTML shows by its content id (`cid:…`, RFC 2392). */
    logo?: { readonly id: string; readonly png: Buffer } | null;
    /** A file that the mail carries; null: none. */
    attachment?: { readonly name: string; readonly type: string; readonly content: Buffer } | null;
    /** HTTPS address that a mail program posts to (RFC 8058); null: none. */
    unsubscribeUrl?: string | null;
  }): Promise<{ readonly kind: 'accepted' } | { readonly kind: 'refused'; readonly text: string }> {
    const { senderName, returnPath, logo, attachment, unsubscribeUrl, ...letter } = message;
    const address = addressIn(this.sender.from);
    const compiled = new MailComposer({
      ...letter,
      from: senderName == null ? this.sender.from : { name: senderName, address },
      messageId: `<${message.messageId}>`,
      attachments: [
        ...(logo == null ? [] : [inlinePicture(logo)]),
        ...(attachment == null ? [] : [fileOf(attachment)]),
      ],
      headers: { 'Auto-Submitted': 'auto-generated', ...oneClick(unsubscribeUrl ?? null) },
      disableFileAccess: true,
      disableUrlAccess: true,
    }).compile();
    // The library keeps the line ends of the texts.
    const raw = withCrlf(await compiled.build());
    const outcome = await this.transport.submit(
      { from: returnPath ?? address, to: message.to },
      await this.signer.signed(raw, message.date),
    );
    if (outcome.kind === 'permanent') return { kind: 'refused', text: outcome.text };
    if (outcome.kind !== 'accepted') throw new Error(`The relay did not accept the e-mail: ${outcome.text}`);
    return { kind: 'accepted' };
  }
}

const addressIn = (from: string): string => /<([^<>]+)>/.exec(from)?.[1] ?? from;

/** The headers of one-click unsubscribe: RFC 8058, 3.1. */
const oneClick = (url: string | null): Readonly<Record<string, string>> =>
  url === null ? {} : { 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };

const fileOf = ({
  name,
  type,
  content,
}: {
  readonly name: string;
  readonly type: string;
  readonly content: Buffer;
}) => ({
  filename: name,
  contentType: type,
  content,
});

const inlinePicture = ({ id, png }: { readonly id: string; readonly png: Buffer }) => ({
  cid: id,
  filename: 'logo.png',
  contentType: 'image/png',
  contentDisposition: 'inline' as const,
  content: png,
});
