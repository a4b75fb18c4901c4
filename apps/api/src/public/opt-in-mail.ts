import { Inject, Injectable } from '@nestjs/common';
import type { Activation } from '#activations';
import { BrandProfiles } from '#brand';
import { CONFIG, type Config } from '#config';
import { PublicImages } from '#content';
import { type ContactForSending, DoubleOptIns, SendPolicy } from '#contacts';
import { Engagement } from '#engagement';
import { SystemMail, type SystemMailMessage } from '#identity';
import { Clock, type SystemActor, systemActor } from '#kernel';
import { OptInRequests, type ShownConsent } from '#leads';
import { optInTextsFor } from './opt-in-texts.js';
import { languageAttributes } from './public-language.js';
import { escapeHtml } from './public-pages.js';

/**
 * How large a logo stands over the letter, in CSS pixels; its picture has twice
 * as many.
 */
const LOGO = { width: 240, height: 60 } as const;

/** How a partner's letter looks. */
interface LetterLook {
  readonly name: string;
  readonly colours: { readonly primary: string; readonly onPrimary: string } | null;
  /** Address of the picture; null where the partner has none. */
  readonly logo: string | null;
}

/** Asks people by mail to confirm what they agreed to in a form. */
@Injectable()
export class OptInMail extends OptInRequests {
  // More parameters than elsewhere: a letter to a person in a partner's brand
  // has to do with both.
  constructor(
    private readonly optIns: DoubleOptIns,
    private readonly policy: SendPolicy,
    private readonly profiles: BrandProfiles,
    private readonly engagement: Engagement,
    private readonly mail: SystemMail,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
    private readonly clock: Clock,
    private readonly images: PublicImages,
  ) {
    super();
  }

  async prepare(actor: SystemActor): ReturnType<OptInRequests['prepare']> {
    const look = await this.look(actor);
    return (activation, contact, consent) => this.ask(actor, activation, contact, consent, look);
  }

  /**
   * The partner's look, with its logo for mail programs to fetch. Outside any
   * transaction: scaling takes a while, the first time.
   */
  private async look(actor: SystemActor): Promise<LetterLook> {
    const { name, colours, logoId } = await this.profiles.current(actor);
    if (logoId === null) return { name, colours, logo: null };
    const hash = await this.profiles.logoImage(actor, 'light', LOGO);
    await this.images.add(systemActor('public-images'), [{ hash, mediaType: 'image/png' }]);
    return { name, colours, logo: `${this.config.PUBLIC_URL}/b/${hash}.png` };
  }

  /**
   * Asks within the open transaction. Skips contacts who unsubscribed and
   * addresses that bounced. The number of requests per contact is limited.
   * @param from the address of who sent the form.
   */
  private async ask(
    actor: SystemActor,
    { id: activationId, vendorId, slug }: Activation,
    contact: Pick<ContactForSending, 'id' | 'email' | 'language'>,
    shown: ShownConsent,
    look: LetterLook,
  ): Promise<void> {
    const decision = (await this.policy.decide(actor, vendorId, [contact.id], this.clock.now())).get(contact.id);
    if (decision?.send === false && ['unsubscribed', 'suppressed', 'contact-policy'].includes(decision.reason)) return;
    const { text: textShown, from } = shown;
    const language = contact.language ?? shown.language;
    const id = await this.optIns.createRequest(actor, {
      contactId: contact.id,
      activationId,
      textShown,
      language,
      from,
    });
    if (id === null) return;
    const url = `${this.config.PUBLIC_URL}/p/${slug}/confirm/${this.engagement.optInToken(id)}`;
    await this.mail.post(letter(contact.email, look, { url, textShown, languages: [language, shown.language] }));
  }
}

interface Asked {
  readonly url: string;
  readonly textShown: string;
  /** BCP 47: the person's own, then that of the form. */
  readonly languages: readonly string[];
}

function letter(
  to: string,
  { name, colours, logo }: LetterLook,
  { url, textShown, languages }: Asked,
): SystemMailMessage {
  const { texts, lang } = optInTextsFor(...languages);
  const { primary, onPrimary } = colours ?? { primary: '#1f3fbf', onPrimary: '#ffffff' };
  const paragraphs = [texts.asked(name), `“${textShown}”`];
  const said = paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`).join('');
  const head =
    logo === null
      ? `<p style="color:${escapeHtml(primary)};font-weight:600">${escapeHtml(name)}</p>`
      : `<p><img src="${escapeHtml(logo)}" alt="${escapeHtml(name)}" width="${LOGO.width}" height="${LOGO.height}" style="display:block;border:0"></p>`;
  const button = `<p><a href="${escapeHtml(url)}" style="display:inline-block;padding:12px 22px;border-radius:8px;background:${escapeHtml(primary)};color:${escapeHtml(onPrimary)};text-decoration:none">${escapeHtml(texts.button)}</a></p>`;
  return {
    to,
    senderName: name,
    subject: texts.subject(name).replace(/[\r\n]/g, ' '),
    text: `${[...paragraphs, `${texts.button}: ${url}`, texts.closing].join('\n\n')}\n`,
    html: `<!doctype html><html ${languageAttributes(lang)}><head><meta charset="utf-8"><meta name="color-scheme" content="light"></head><body style="margin:0;background:#ffffff;font:16px/1.5 system-ui,sans-serif;color:#1b1f29"><div style="max-width:560px;margin:0 auto;padding:32px 24px;border-top:4px solid ${escapeHtml(primary)}">${head}${said}${button}<p>${escapeHtml(texts.closing)}</p></div></body></html>`,
  };
}
