import { Inject, Injectable } from '@nestjs/common';
import { Activations, SealedCopies } from '#activations';
import { CONFIG, type Config } from '#config';
import { Contacts } from '#contacts';
import { LinkTargets, MessageLinks, type TokenSubject } from '#engagement';
import { notFound, systemActor } from '#kernel';
import { escapeHtml, personalise, type Personal, withoutLinksTo } from '#rendering';
import { SealRecords } from '#seal';
import { recipientOf } from '../sending/recipient-values.js';
import { SentEmails } from './sent-emails.service.js';

const HIDDEN =
  'position:absolute;width:1px;height:1px;margin:0;overflow:hidden;clip-path:inset(50%);white-space:nowrap';
const HEADING = /<h1\b/;

/**
 * An e-mail has no landmarks and often no heading: mail programs show it inside
 * a page of their own. As a page it needs both (WCAG 2.2, 1.3.1 and 2.4.6).
 */
function asPage({ html, subject }: Pick<Personal, 'html' | 'subject'>): string {
  const heading = HEADING.test(html) ? '' : `<h1 style="${HIDDEN}">${escapeHtml(subject)}</h1>`;
  const begin = html.indexOf('>', html.indexOf('<body')) + 1;
  const end = html.lastIndexOf('</body>');
  if (end === -1) return html;
  return `${html.slice(0, begin)}<main>${heading}${html.slice(begin, end)}</main>${html.slice(end)}`;
}

/**
 * Renders a sent message again for its recipient, from the same sealed copy and
 * values.
 */
@Injectable()
export class ViewInBrowser {
  constructor(
    private readonly activations: Activations,
    private readonly copies: SealedCopies,
    private readonly contacts: Contacts,
    private readonly messageLinks: MessageLinks,
    private readonly linkTargets: LinkTargets,
    private readonly emails: SentEmails,
    private readonly records: SealRecords,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * @returns the HTML of the message.
   * @throws DomainError `link.not-found` when the contact was deleted.
   * @throws ContentRecalled
   */
  async html({ messageId, partnerId, activationId, contactId }: TokenSubject): Promise<string> {
    const actor = systemActor('view-in-browser', { partnerId });
    const [contact] = await this.contacts.byIds(actor, [contactId]);
    const message = await this.emails.find(actor, messageId);
    if (contact === undefined || message === null) throw notFound('link', 'token');
    const sealed = await this.records.sealedCopyOf(actor, messageId);
    const present = await this.activations.get(actor, activationId);
    const activation = await this.activations.atVersion(actor, present, sealed?.versionId ?? present.versionId);
    const key = sealed?.key ?? message.emailKey;
    await this.activations.requireOutput(actor, activation, {
      kind: 'email',
      key,
      locale: message.locale,
      hasBegun: true,
    });
    const email = await this.copies.email(actor, activation, key, message.locale);
    if (email === null) throw notFound('link', 'token');
    const links = this.messageLinks.linksOf(messageId, await this.linkTargets.names(actor, activationId));
    const result = personalise(email.prepared.baked, recipientOf(contact, links, message.locale), {
      publicOrigin: new URL(this.config.PUBLIC_URL).origin,
      partnerHosts: [],
    });
    if (!result.ok) throw notFound('link', 'token');
    // The reader is there already.
    const html = withoutLinksTo(result.message.html, links['viewInBrowser'] ?? '');
    return asPage({ html, subject: result.message.subject });
  }
}
