import { Inject, Injectable } from '@nestjs/common';
import type { Activation } from '#activations';
import { BrandProfiles } from '#brand';
import { CONFIG, type Config } from '#config';
import { type ContactForSending, DoubleOptIns, SendPolicy } from '#contacts';
import { Engagement } from '#engagement';
import { SystemMail, type SystemMailMessage } from '#identity';
import { Clock, type SystemActor } from '#kernel';
import { optInTextsFor } from './opt-in-texts.js';
import { escapeHtml } from './public-pages.js';

/** Asks people by mail to confirm what they agreed to in a form. */
@Injectable()
export class OptInMail {
  constructor(
    private readonly optIns: DoubleOptIns,
    private readonly policy: SendPolicy,
    private readonly profiles: BrandProfiles,
    private readonly engagement: Engagement,
    private readonly mail: SystemMail,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
    private readonly clock: Clock,
  ) {}

  /**
   * Asks, in the open transaction. Who does not want the partner's mail, and whose address is dead, is not written to for this either;
   * nobody gets many of these.
   * @param from the address of who sent the form.
   */
  async ask(
    actor: SystemActor,
    { id: activationId, vendorId, slug }: Activation,
    contact: Pick<ContactForSending, 'id' | 'email' | 'language'>,
    shown: { readonly text: string; readonly language: string; readonly from: string },
  ): Promise<void> {
    const decision = (await this.policy.decide(actor, vendorId, [contact.id], this.clock.now())).get(contact.id);
    if (decision?.send === false && ['unsubscribed', 'suppressed', 'contact-policy'].includes(decision.reason)) return;
    const { text: textShown, from } = shown;
    const language = contact.language ?? shown.language;
    const id = await this.optIns.ask(actor, { contactId: contact.id, activationId, textShown, language, from });
    if (id === null) return;
    const url = `${this.config.PUBLIC_URL}/p/${slug}/confirm/${this.engagement.optInToken(id)}`;
    const { name, colours } = await this.profiles.current(actor);
    await this.mail.post(letter(contact.email, { name, colours }, { url, textShown, language }));
  }
}

function letter(
  to: string,
  { name, colours }: { readonly name: string; readonly colours: { primary: string; onPrimary: string } | null },
  { url, textShown, language }: { readonly url: string; readonly textShown: string; readonly language: string },
): SystemMailMessage {
  const { texts, lang } = optInTextsFor(language);
  const { primary, onPrimary } = colours ?? { primary: '#1f3fbf', onPrimary: '#ffffff' };
  const paragraphs = [texts.asked(name), `“${textShown}”`];
  const said = paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`).join('');
  const button = `<p><a href="${escapeHtml(url)}" style="display:inline-block;padding:12px 22px;border-radius:8px;background:${escapeHtml(primary)};color:${escapeHtml(onPrimary)};text-decoration:none">${escapeHtml(texts.button)}</a></p>`;
  return {
    to,
    senderName: name,
    subject: texts.subject(name).replace(/[\r\n]/g, ' '),
    text: `${[...paragraphs, `${texts.button}: ${url}`, texts.closing].join('\n\n')}\n`,
    html: `<!doctype html><html lang="${lang}"><body style="font:16px/1.5 system-ui,sans-serif;color:#1b1f29"><p style="color:${escapeHtml(primary)};font-weight:600">${escapeHtml(name)}</p>${said}${button}<p>${escapeHtml(texts.closing)}</p></body></html>`,
  };
}
