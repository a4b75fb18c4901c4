import { Inject, Injectable } from '@nestjs/common';
import { ActivationOutputs, SealedCopies } from '#activations';
import { CONFIG, type Config } from '#config';
import { Contacts } from '#contacts';
import { LinkTargets, MessageLinks, type TokenSubject } from '#engagement';
import { notFound, systemActor } from '#kernel';
import { escapeHtml, personalise, type Personal, withoutLinksTo } from '#rendering';
import { recipientOf } from '../sending/recipient-values.js';
import { SentCopies } from './sent-copies.service.js';

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
    private readonly sent: SentCopies,
    private readonly outputs: ActivationOutputs,
    private readonly copies: SealedCopies,
    private readonly contacts: Contacts,
    private readonly messageLinks: MessageLinks,
    private readonly linkTargets: LinkTargets,
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
    if (contact === undefined) throw notFound('link', 'token');
    const sent = await this.sent.find(actor, { messageId, activationId });
    if (sent === null) throw notFound('link', 'token');
    const { activation, key, locale } = sent;
    await this.outputs.requireOutput(actor, activation, { kind: 'email', key, locale, hasBegun: true });
    const email = await this.copies.email(actor, activation, key, locale);
    if (email === null) throw notFound('link', 'token');
    const links = this.messageLinks.linksOf(messageId, await this.linkTargets.names(actor, activationId));
    const result = personalise(email.prepared.baked, recipientOf(contact, links, locale), {
      publicOrigin: new URL(this.config.PUBLIC_URL).origin,
      partnerHosts: [],
    });
    if (!result.ok) throw notFound('link', 'token');
    // The reader is there already.
    const html = withoutLinksTo(result.message.html, links['viewInBrowser'] ?? '');
    return asPage({ html, subject: result.message.subject });
  }
}
