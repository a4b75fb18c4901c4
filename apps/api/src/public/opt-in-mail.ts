import { Inject, Injectable } from '@nestjs/common';
import type { Activation } from '#activations';
import { BrandProfiles, MAIL_LOGO } from '#brand';
import { CONFIG, type Config } from '#config';
import { PublicImages } from '#content';
import { type ContactForSending, DoubleOptIns, SendPolicy } from '#contacts';
import { Engagement } from '#engagement';
import { composeMail, SystemMail, type SystemMailMessage } from '#identity';
import { Clock, type SystemActor, systemActor } from '#kernel';
import { OptInRequests, type ShownConsent } from '#leads';
import { legalLinkNames, type MailLogo } from '#rendering';
import { OPT_IN_TEXTS } from './opt-in-texts.js';

/** Of a partner whose brand profile has no colours. */
const DEFAULT_COLOURS = { primary: '#1f3fbf', onPrimary: '#ffffff', link: '#1f3fbf' } as const;

/** How a partner's letter looks. */
interface MailBrand {
  readonly name: string;
  readonly colours: { readonly primary: string; readonly onPrimary: string; readonly link: string } | null;
  /** Null where the partner has none. */
  readonly logo: MailLogo | null;
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
    private readonly images: PublicImages,
    private readonly clock: Clock,
  ) {
    super();
  }

  async prepare(actor: SystemActor): ReturnType<OptInRequests['prepare']> {
    const brandOf = await this.look(actor);
    return (activation, contact, consent) => this.ask(actor, activation, contact, consent, brandOf);
  }

  /**
   * The partner's look, with its logo for mail programs to fetch. Outside any
   * transaction: scaling takes a while, the first time.
   */
  private async look(actor: SystemActor): Promise<MailBrand> {
    const { name, colours, logoId } = await this.profiles.current(actor);
    if (logoId === null) return { name, colours, logo: null };
    const { hash, width, height } = await this.profiles.logoPlate(actor);
    await this.images.add(systemActor('public-images'), [{ hash, mediaType: 'image/png' }]);
    const url = `${this.config.PUBLIC_URL}/b/${hash}.png`;
    return { name, colours, logo: { url, width, height, border: MAIL_LOGO.border } };
  }

  /**
   * Asks within the open transaction. Skips contacts who unsubscribed,
   * addresses that bounced, and contacts with a permission. The number of mails
   * per contact and per address is limited.
   * @param from the address of who sent the form.
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
    if (decisions.get(contact.id)?.send === true) return;
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
    const page = `${this.config.PUBLIC_URL}/p/${slug}`;
    const url = `${page}/confirm/${this.engagement.optInToken(id)}`;
    const mail = letter(contact.email, look, { url, page, textShown, languages: [language, form.language] });
    await this.mail.postWithinLimit('opt-in', mail, { contact: { id: contact.id, partnerId } });
  }
}

interface OptInLinks {
  readonly url: string;
  /** URL of the landing page: the legal pages of the partner are below it. */
  readonly page: string;
  readonly textShown: string;
  /** BCP 47: the person's own, then that of the form. */
  readonly languages: readonly string[];
}

function letter(
  to: string,
  { name, colours, logo }: MailBrand,
  { url, page, textShown, languages }: OptInLinks,
): SystemMailMessage {
  const { t, language } = OPT_IN_TEXTS.in(...languages);
  const { imprint, privacy } = legalLinkNames(language);
  return composeMail(
    to,
    {
      language,
      subject: t('subject', { partner: name }),
      paragraphs: [t('received', { partner: name }), t('asked', { partner: name }), t('quoted', { text: textShown })],
      button: { label: t('button'), url },
      closing: `${t('closing')} ${imprint}: ${page}/imprint ${privacy}: ${page}/privacy`,
    },
    {
      greeting: null,
      senderName: name,
      brand: {
        name,
        colours: colours ?? DEFAULT_COLOURS,
        logo,
      },
    },
  );
}
