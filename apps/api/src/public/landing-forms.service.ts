import { Inject, Injectable } from '@nestjs/common';
import { type Activation, Activations, LandingPages } from '#activations';
import { type BrandProfile, BrandProfiles, inLocale, PageBrands, provenWebsite } from '#brand';
import { CONFIG, type Config } from '#config';
import type { CompiledCampaign, CompiledPage } from '#content';
import { DoubleOptIns } from '#contacts';
import type { Source } from '#contracts';
import { type Locale, notFound } from '#kernel';
import {
  answersOf,
  countryIn,
  FormSubmissions,
  type FormValues,
  isConfirmedLater,
  languageOf,
  problemsOf,
  readFormValues,
  type ShownConsent,
} from '#leads';
import { phoneLink } from '#organisations';
import { SPAM_TRAP } from '#rendering';
import { inConstantTime } from '../http/constant-time.js';
import { formAgainPage, type NextSteps, thanksPage } from './form-pages.js';

type PageForm = NonNullable<CompiledPage['form']>;
type FoundPage = Awaited<ReturnType<LandingPages['find']>>;

/** A sent form, as the request has it. */
export interface FormPost {
  readonly body: unknown;
  /** BCP 47, of the browser; null: unknown. */
  readonly language: string | null;
  /** IP address. */
  readonly from: string;
  /** Too many requests came from this address: the form is given back unchecked. */
  readonly isBusy: boolean;
  /** What led the person to the page. */
  readonly source: Source;
}

interface FormAnswer {
  readonly status: 200 | 422 | 429;
  readonly html: string;
}

/** Receives the forms of landing pages, and answers with a page. */
@Injectable()
export class LandingForms {
  constructor(
    private readonly activations: Activations,
    private readonly pages: LandingPages,
    private readonly brands: PageBrands,
    private readonly profiles: BrandProfiles,
    private readonly optIns: DoubleOptIns,
    private readonly submissions: FormSubmissions,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /** @throws DomainError `page.not-found` for a page without a form. */
  async receive(found: FoundPage, { body, language, from, isBusy, source }: FormPost): Promise<FormAnswer> {
    const { activation, actor } = found;
    const compiled = await this.activations.campaign(actor, activation);
    const [page] = compiled.pages;
    const form = page?.form ?? null;
    if (page === undefined || form === null) throw notFound('page', activation.slug);
    const { sealed, html } = await this.pages.page(found, languageOf(body) ?? language);
    const { locale } = sealed.baked;
    const values = readFormValues(body);
    const profile = await this.profiles.current(actor);
    const consent = await this.consent(found, form, values, { locale, from });
    const next = await this.nextSteps(found, compiled, profile, locale);
    const owner = { brand: await this.brands.current(actor), slug: activation.slug };
    const thanks = thanksPage(form.thanks[locale] ?? '', locale, isConfirmedLater(consent), next, owner);
    // A bot filled in the hidden field: it gets the same page, and nothing is
    // saved.
    if (values[SPAM_TRAP] !== '') return { status: 200, html: thanks };
    const { fields, required } = form;
    const problems = problemsOf(values, required);
    if (isBusy || problems.size > 0) {
      const action = `/p/${activation.slug}/form`;
      const again = formAgainPage(html, { action, fields, required, answers: values, problems, isBusy }, locale);
      if (again === null) throw notFound('page', activation.slug);
      return { status: isBusy ? 429 : 422, html: again };
    }
    const place = { activation, pageKey: page.key, partnerCountry: profile.countryCode, source };
    // Known and unknown addresses take different work: a constant time does not
    // reveal who is a contact.
    await inConstantTime(() => this.submissions.accept(actor, place, answersOf(values, fields), consent));
    return { status: 200, html: thanks };
  }

  /** A country counts only where the form asks for it: nobody states it elsewhere. */
  private async consent(
    { activation, actor }: FoundPage,
    form: PageForm,
    values: FormValues,
    { locale, from }: { readonly locale: Locale; readonly from: string },
  ): Promise<ShownConsent> {
    const jurisdiction = form.fields.includes('country') ? countryIn(values) : null;
    const ofPartner = (await this.optIns.isWanted(actor, jurisdiction)) ? ('partner' as const) : ('none' as const);
    return {
      text: form.consent[locale] ?? '',
      from,
      jurisdiction,
      form: {
        language: locale,
        page: `${this.config.PUBLIC_URL}/p/${activation.slug}`,
        versionId: activation.versionId,
        confirmation: form.doubleOptIn === true ? 'campaign' : ofPartner,
      },
    };
  }

  private async nextSteps(
    { activation, actor }: FoundPage,
    { definition, documents, pages: [page] }: CompiledCampaign,
    profile: BrandProfile,
    locale: Locale,
  ): Promise<NextSteps> {
    const { name, phone, email } = inLocale(profile, locale).contact;
    const assets = await this.activations.assets(actor, activation.id);
    const ready = assets.filter((one) => one.kind === 'document');
    const keys = [...new Set(ready.map(({ key }) => key))];
    return {
      first: page?.form == null ? null : firstStep(page.form, activation, locale),
      documents: keys.map((key) => ({
        path: `/p/${activation.slug}/documents/${key}.pdf?locale=${locale}`,
        title: documents.find((one) => one.key === key)?.title[locale] ?? definition.title[locale] ?? key,
      })),
      contact: { name, phone: phone === null ? null : phoneLink(phone, profile.countryCode), email },
      website: provenWebsite(profile),
    };
  }
}

/** What the vendor proposes to a reader who has sent the form; null: nothing of its own. */
function firstStep(
  { next }: Pick<PageForm, 'next'>,
  { slug }: Pick<Activation, 'slug'>,
  locale: Locale,
): NextSteps['first'] {
  return next === undefined ? null : { path: `/p/${slug}/links/${next.link}`, label: next.label[locale] ?? next.link };
}
