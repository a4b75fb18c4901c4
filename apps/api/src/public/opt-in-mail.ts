import { Injectable } from '@nestjs/common';
import type { Activation } from '#activations';
import { type ContactForSending, DoubleOptIns, SendPolicy } from '#contacts';
import { PublicTokens } from '#engagement';
import { SystemMail, type SystemMailMessage } from '#identity';
import { Clock, type ContactId, type SystemActor } from '#kernel';
import { OptInRequests, type ShownConsent } from '#leads';
import { OPT_IN_TEXTS } from './opt-in-texts.js';
import { composePartnerLetter, type MailBrand, PartnerLetters } from './partner-letters.service.js';

/** Asks people by mail to confirm what they agreed to in a form. */
@Injectable()
export class OptInMail extends OptInRequests {
  constructor(
    private readonly optIns: DoubleOptIns,
    private readonly policy: SendPolicy,
    private readonly letters: PartnerLetters,
    private readonly tokens: PublicTokens,
    private readonly mail: SystemMail,
    private readonly clock: Clock,
  ) {
    super();
  }

  async prepare(actor: SystemActor): ReturnType<OptInRequests['prepare']> {
    const look = await this.letters.look(actor);
    return (activation, contact, consent) => this.ask(actor, activation, contact, consent, look);
  }

  /**
   * Asks within the open transaction. Skips contacts who unsubscribed,
   * addresses that bounced, and contacts with a permission; but if an entry of
   * the campaign waits for the confirmation, only those who have ever confirmed.
   * The number of mails per contact and per address is limited.
   */
  private async ask(
    actor: SystemActor,
    { id: activationId, vendorId, partnerId, slug }: Activation,
    contact: Pick<ContactForSending, 'id' | 'email' | 'language'>,
    shown: ShownConsent,
    look: MailBrand,
  ): Promise<void> {
    if ((await this.policy.suppression(actor, contact.id, vendorId)) !== null) return;
    const decisions = await this.policy.decide(actor, vendorId, [contact.id], this.clock.now());
    const mayBeWrittenTo = decisions.get(contact.id)?.send === true;
    if (mayBeWrittenTo && !(await this.isStillToConfirm(actor, contact.id, shown))) return;
    const { text: textShown, from, form, jurisdiction } = shown;
    const language = contact.language ?? form.language;
    const id = await this.optIns.createRequest(actor, {
      contactId: contact.id,
      activationId,
      textShown,
      language,
      jurisdiction,
      form,
      from,
    });
    if (id === null) return;
    const page = this.letters.pageUrl(slug);
    const url = `${page}/confirm/${this.tokens.optInToken(id)}`;
    const mail = letter(contact.email, look, { url, page, textShown, languages: [language, form.language] });
    await this.mail.postWithinLimit('opt-in', mail, { contact: { id: contact.id, partnerId } });
  }

  private async isStillToConfirm(
    actor: SystemActor,
    contactId: ContactId,
    { isConfirmedToEnter }: ShownConsent,
  ): Promise<boolean> {
    return isConfirmedToEnter && !(await this.optIns.confirmedAmong(actor, [contactId])).has(contactId);
  }
}

interface OptInLinks {
  readonly url: string;
  /** URL of the landing page. */
  readonly page: string;
  readonly textShown: string;
  /** BCP 47: the person's own, then that of the form. */
  readonly languages: readonly string[];
}

function letter(to: string, look: MailBrand, { url, page, textShown, languages }: OptInLinks): SystemMailMessage {
  const { t, language } = OPT_IN_TEXTS.in(...languages);
  const { name: partner } = look;
  return composePartnerLetter(
    {
      to,
      language,
      subject: t('subject', { partner }),
      paragraphs: [t('received', { partner }), t('asked', { partner }), t('quoted', { text: textShown })],
      button: { label: t('button'), url },
      closing: t('closing'),
      page,
    },
    look,
  );
}
