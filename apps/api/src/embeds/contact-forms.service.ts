import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Activations } from '#activations';
import { BrandProfiles, inLocale, provenWebsite } from '#brand';
import { DoubleOptIns } from '#contacts';
import { type Locale, parseLocale } from '#kernel';
import {
  answersOf,
  FormSubmissions,
  isConfirmedLater,
  languageOf,
  problemsOf,
  readFormValues,
  type ShownConsent,
} from '#leads';
import { phoneLink } from '#organisations';
import { SPAM_TRAP } from '#rendering';
import { entersByConfirmation } from '#sequencing';
import { inConstantTime } from '../http/constant-time.js';
import { isTooMany } from '../http/rate-limits.js';
import { formAgainPage, thanksPage } from '../public/form-pages.js';
import { CONTACT_FIELDS, CONTACT_REQUIRED, contactConsent, contactPage, withoutMargin } from './contact-page.js';
import { EmbedPages, type OpenEmbed } from './embed-pages.service.js';
import type { Place } from './embed-site.js';
import { EMBED_TEXTS } from './embed-texts.js';

/** Forms that reach a partner after the end of its campaign. */
@Injectable()
export class ContactForms {
  constructor(
    private readonly activations: Activations,
    private readonly pages: EmbedPages,
    private readonly profiles: BrandProfiles,
    private readonly optIns: DoubleOptIns,
    private readonly submissions: FormSubmissions,
  ) {}

  /**
   * Creates a contact with the consent as shown, and a lead.
   * @returns the next page, as HTML; sets the status of a form that is not accepted.
   */
  async answer(embed: OpenEmbed, place: Place, request: Request, response: Response): Promise<string> {
    const { actor, activation } = embed;
    const body: unknown = request.body;
    const language = languageOf(body) ?? parseLocale(request.acceptsLanguages()[0] ?? '') ?? activation.locale;
    const owner = await this.pages.owner(embed);
    const answers = readFormValues(body);
    const consent = await this.consent(embed, language, request.ip ?? '');
    const problems = problemsOf(answers, CONTACT_REQUIRED);
    const isBusy = isTooMany(response);
    const isTrapped = answers[SPAM_TRAP] !== '';
    if (!isTrapped && (isBusy || problems.size > 0)) {
      response.status(isBusy ? 429 : 422);
      const state = embed.state === 'ended' ? 'ended' : 'recalled';
      const action = `/p/${embed.slug}/embed/form?embed=${place}`;
      const page = contactPage(state, language, action, owner);
      const again = { action, fields: CONTACT_FIELDS, required: CONTACT_REQUIRED, answers, problems, isBusy };
      return formAgainPage(page, again, EMBED_TEXTS.in(language).language) ?? page;
    }
    if (!isTrapped) {
      const { countryCode } = await this.profiles.current(actor);
      const form = {
        activation,
        pageKey: await this.pageKey(embed),
        partnerCountry: countryCode,
        source: 'embed',
      } as const;
      await inConstantTime(() => this.submissions.accept(actor, form, answersOf(answers, CONTACT_FIELDS), consent));
    }
    const message = EMBED_TEXTS.in(language).t('sent', { partner: owner.brand.name });
    const next = { first: null, documents: [], ...(await this.contact(embed, language)) };
    return withoutMargin(
      thanksPage(message, EMBED_TEXTS.in(language).language, isConfirmedLater(consent), next, owner),
    );
  }

  private async consent(embed: OpenEmbed, language: Locale, from: string): Promise<ShownConsent> {
    const { actor, activation } = embed;
    const ofPartner = (await this.optIns.isWanted(actor, null)) ? 'partner' : 'none';
    const { pages, definition } = await this.activations.campaign(actor, activation);
    const isConfirmedToEnter = entersByConfirmation(definition.sequence, pages[0]?.key ?? '');
    const confirmation = pages[0]?.form?.doubleOptIn === true || isConfirmedToEnter ? 'campaign' : ofPartner;
    const { brand } = await this.pages.owner(embed);
    return {
      text: contactConsent(brand.name, language),
      from,
      jurisdiction: null,
      form: { language, page: this.pages.pageUrl(embed), versionId: activation.versionId, confirmation },
      isConfirmedToEnter,
    };
  }

  private async pageKey({ actor, activation }: OpenEmbed): Promise<string> {
    const { pages } = await this.activations.campaign(actor, activation);
    return pages[0]?.key ?? '';
  }

  private async contact({ actor }: OpenEmbed, language: Locale) {
    const profile = await this.profiles.current(actor);
    const { name, phone, email } = inLocale(profile, language).contact;
    return {
      contact: { name, phone: phone === null ? null : phoneLink(phone, profile.countryCode), email },
      website: provenWebsite(profile),
    };
  }
}
