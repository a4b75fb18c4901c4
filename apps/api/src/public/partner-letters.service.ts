import { Inject, Injectable } from '@nestjs/common';
import { BrandProfiles, MAIL_LOGO } from '#brand';
import { CONFIG, type Config } from '#config';
import { PublicImages } from '#content';
import { composeMail, type SystemMailMessage } from '#identity';
import { type SystemActor, systemActor } from '#kernel';
import { legalLinkNames, type MailLogo } from '#rendering';

/** Of a partner whose brand profile has no colours. */
const DEFAULT_COLOURS = { primary: '#1f3fbf', onPrimary: '#ffffff', link: '#1f3fbf' } as const;

/** How a partner's letter looks. */
export interface MailBrand {
  readonly name: string;
  readonly colours: { readonly primary: string; readonly onPrimary: string; readonly link: string } | null;
  /** Null where the partner has none. */
  readonly logo: MailLogo | null;
}

/** A letter of a partner to a person. */
export interface PartnerLetter {
  readonly to: string;
  /** BCP 47. */
  readonly language: string;
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly button: { readonly label: string; readonly url: string };
  readonly closing: string;
  /** URL of the landing page: the legal pages of the partner are below it. */
  readonly page: string;
}

/** The look of e-mails that a partner's page sends to people who used its form. */
@Injectable()
export class PartnerLetters {
  constructor(
    private readonly profiles: BrandProfiles,
    private readonly images: PublicImages,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * The partner's look, with its logo for mail programs to fetch. Outside any
   * transaction: scaling takes a while, the first time.
   */
  async look(actor: SystemActor): Promise<MailBrand> {
    const { name, colours, logoId } = await this.profiles.current(actor);
    if (logoId === null) return { name, colours, logo: null };
    const { hash, width, height } = await this.profiles.logoPlate(actor);
    await this.images.add(systemActor('public-images'), [{ hash, mediaType: 'image/png' }]);
    const url = `${this.config.PUBLIC_URL}/b/${hash}.png`;
    return { name, colours, logo: { url, width, height, border: MAIL_LOGO.border } };
  }

  /** URL of a landing page. */
  pageUrl(slug: string): string {
    return `${this.config.PUBLIC_URL}/p/${slug}`;
  }
}

/** A letter in the look of the partner, with its legal pages. */
export function composePartnerLetter(letter: PartnerLetter, { name, colours, logo }: MailBrand): SystemMailMessage {
  const { to, language, subject, paragraphs, button, closing, page } = letter;
  const { imprint, privacy } = legalLinkNames(language);
  return composeMail(
    to,
    {
      language,
      subject,
      paragraphs: [...paragraphs],
      button,
      closing: `${closing} ${imprint}: ${page}/imprint ${privacy}: ${page}/privacy`,
    },
    { greeting: null, senderName: name, brand: { name, colours: colours ?? DEFAULT_COLOURS, logo } },
  );
}
