import { Inject, Injectable } from '@nestjs/common';
import { type Activation, Activations, LandingPages } from '#activations';
import { type BrandProfile, BrandProfiles, inLocale, PageBrands, provenWebsite } from '#brand';
import { CONFIG, type Config } from '#config';
import type { CompiledCampaign, CompiledPage } from '#content';
import { DoubleOptIns } from '#contacts';
import type { Source } from '#contracts';
import { type Id, isId, type Locale, notFound } from '#kernel';
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
import { SPAM_TRAP, VISITOR_CLICK } from '#rendering';
import { inConstantTime } from '../http/constant-time.js';
import { askedFields, type Visit } from './asked-fields.js';
import { formAgainPage, type NextSteps, thanksPage, visitorPage } from './form-pages.js';

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
    const visit = await this.visit(found, clickIn(body));
    const { sealed, html } = await this.pages.page(found, languageOf(body) ?? language);
    const { locale } = sealed.baked;
    const values = readFormValues(body);
    // Who writes an address is that person, whoever the link was for.
    const isVisitor = visit !== null && values.email === '';
    const asked = askedFields(form, isVisitor ? visit : null);
    const answered = isVisitor ? { ...values, email: visit.contact.email } : values;
    const profile = await this.profiles.current(actor);
    const consent = await this.consent(found, form, values, { locale, from });
    const next = await this.nextSteps(found, compiled, profile, locale);
    const owner = { brand: await this.brands.current(actor), slug: activation.slug };
    const thanks = thanksPage(form.thanks[locale] ?? '', locale, isConfirmedLater(consent), next, owner);
    // A bot filled in the hidden field: it gets the same page, and nothing is
    // saved.
    if (values[SPAM_TRAP] !== '') return { status: 200, html: thanks };
    const problems = problemsOf(answered, asked.required);
    if (isBusy || problems.size > 0) {
      const action = formAction(activation);
      const state = { action, asked, visit: isVisitor ? visit : null, answers: values, problems, isBusy };
      const again = formAgainPage(html, state, locale);
      if (again === null) throw notFound('page', activation.slug);
      return { status: isBusy ? 429 : 422, html: again };
    }
    const place = { activation, pageKey: page.key, partnerCountry: profile.countryCode, source };
    // Known and unknown addresses take different work: a constant time does not
    // reveal who is a contact.
    await inConstantTime(() => this.submissions.accept(actor, place, answersOf(answered, form.fields), consent));
    return { status: 200, html: thanks };
  }

  /**
   * The page as its visitor sees it: see `LandingPages.page`.
   * @returns `isPersonal`: it is for a known person, whatever it shows.
   */
  async page(
    found: FoundPage,
    language: string | null,
    click: Id<'interaction'> | null,
  ): Promise<{ readonly html: string; readonly isPersonal: boolean }> {
    const { html, visitor, sealed } = await this.pages.page(found, language, click);
    if (visitor === null || click === null) return { html, isPersonal: false };
    const { pages } = await this.activations.campaign(found.actor, found.activation);
    const form = pages.find(({ key }) => key === sealed.key)?.form ?? null;
    if (form === null) return { html, isPersonal: true };
    const { fields, required } = form;
    const action = formAction(found.activation);
    const visit = { click, contact: visitor };
    return { html: visitorPage(html, { action, fields, required }, visit, sealed.baked.locale), isPersonal: true };
  }

  private async visit(found: FoundPage, click: Id<'interaction'> | null): Promise<Visit | null> {
    const contact = await this.pages.visitor(found, click);
    return contact === null || click === null ? null : { click, contact };
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

const formAction = ({ slug }: Pick<Activation, 'slug'>): string => `/p/${slug}/form`;

/** The click by which the sender of a form came; null: none. */
function clickIn(body: unknown): Id<'interaction'> | null {
  const click = ((body ?? {}) as Readonly<Record<string, unknown>>)[VISITOR_CLICK];
  return isId(click) ? (click as Id<'interaction'>) : null;
}

/** What the vendor proposes to a reader who has sent the form; null: nothing of its own. */
function firstStep(
  { next }: Pick<PageForm, 'next'>,
  { slug }: Pick<Activation, 'slug'>,
  locale: Locale,
): NextSteps['first'] {
  return next === undefined ? null : { path: `/p/${slug}/links/${next.link}`, label: next.label[locale] ?? next.link };
}
