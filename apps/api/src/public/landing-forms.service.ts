import { Injectable } from '@nestjs/common';
import { type Activation, ActivationOutputs, Activations, LandingPages } from '#activations';
import { type BrandProfile, BrandProfiles, PageBrands } from '#brand';
import type { CompiledCampaign, CompiledPage } from '#content';
import type { Source } from '#contracts';
import { bestLocale, type ContactId, type Id, isId, type Locale, notFound } from '#kernel';
import { answersOf, FormSubmissions, isConfirmedLater, languageOf, problemsOf, readFormValues } from '#leads';
import { SPAM_TRAP, VISITOR_CLICK } from '#rendering';
import { inConstantTime } from '../http/constant-time.js';
import { ASKED_DOCUMENT, askedFields, type FormOccasion, type Visit } from './asked-fields.js';
import { type AskedDocument, DocumentDelivery } from './document-delivery.service.js';
import { FormConsents } from './form-consents.service.js';
import { formAgainPage, type NextSteps, occasionPage, recalledPage, thanksPage } from './form-pages.js';
import { contactOf } from './partner-contact.js';

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
    private readonly outputs: ActivationOutputs,
    private readonly pages: LandingPages,
    private readonly brands: PageBrands,
    private readonly profiles: BrandProfiles,
    private readonly consents: FormConsents,
    private readonly submissions: FormSubmissions,
    private readonly delivery: DocumentDelivery,
  ) {}

  /**
   * The page as its reader sees it: see `LandingPages.page`.
   * @param wanted key of a document that brought the reader; null: none.
   * @returns `isPersonal`: it is for a known person, whatever it shows.
   */
  async page(
    found: FoundPage,
    language: string | null,
    click: Id<'interaction'> | null,
    wanted: unknown = null,
  ): Promise<{ readonly html: string; readonly isPersonal: boolean }> {
    const { html, visitor, sealed } = await this.pages.page(found, language, click);
    const isPersonal = visitor !== null;
    const { locale } = sealed.baked;
    const compiled = await this.activations.campaign(found.actor, found.activation);
    const form = compiled.pages.find(({ key }) => key === sealed.key)?.form ?? null;
    const visit = visitor === null || click === null ? null : { click, contact: visitor };
    const occasion = await this.occasion(found, compiled, { visit, locale, wanted });
    const isUsual = visit === null && occasion.document === null && occasion.ended === null;
    if (form === null || isUsual) return { html, isPersonal };
    const asked = { ...askedFields(form, occasion), action: formAction(found.activation) };
    return { html: occasionPage(html, asked, occasion, locale), isPersonal };
  }

  /** @throws DomainError `page.not-found` for a page without a form. */
  async receive(found: FoundPage, { body, language, from, isBusy, source }: FormPost): Promise<FormAnswer> {
    const { activation, actor } = found;
    const compiled = await this.activations.campaign(actor, activation);
    const [page] = compiled.pages;
    const form = page?.form ?? null;
    if (page === undefined || form === null) throw notFound('page', activation.slug);
    const click = clickIn(body);
    const { sealed, html, visitor } = await this.pages.page(found, language, click, languageOf(body));
    const { locale } = sealed.baked;
    const values = readFormValues(body);
    // Who writes an address is that person, whoever the link was for.
    const isVisitor = values.email === '' && visitor !== null && click !== null;
    const visit = isVisitor ? { click, contact: visitor } : null;
    const occasion = await this.occasion(found, compiled, { visit, locale, wanted: valueIn(body, ASKED_DOCUMENT) });
    const asked = askedFields(form, occasion);
    const answered = visit === null ? values : { ...values, email: visit.contact.email };
    const profile = await this.profiles.current(actor);
    const consent = await this.consents.shown(found, compiled, page, values, { locale, from });
    const brand = await this.brands.current(actor);
    const thanks = async (contactId: ContactId | null): Promise<FormAnswer> => {
      const next = await this.nextSteps(found, compiled, profile, {
        locale,
        source,
        contactId,
        asked: occasion.document,
      });
      const owner = { brand, slug: activation.slug };
      const isAsked = isConfirmedLater(consent);
      const isEnded = occasion.ended !== null;
      return { status: 200, html: thanksPage(form.thanks[locale] ?? '', locale, isAsked, next, owner, isEnded) };
    };
    // A bot filled in the hidden field: it gets the same page, and nothing is
    // saved.
    if (values[SPAM_TRAP] !== '') return thanks(null);
    const problems = problemsOf(answered, asked.required);
    if (isBusy || problems.size > 0) {
      const state = { ...asked, action: formAction(activation, source), occasion, answers: values, problems, isBusy };
      const again = formAgainPage(html, state, locale);
      if (again === null) throw notFound('page', activation.slug);
      return { status: isBusy ? 429 : 422, html: again };
    }
    const place = { activation, pageKey: page.key, partnerCountry: profile.countryCode, source };
    const { document } = occasion;
    const deliver =
      document === null ? null : await this.delivery.prepare(actor, activation, document, { locale, source });
    // Known and unknown addresses take different work: a constant time does not
    // reveal who is a contact.
    const contactId = await inConstantTime(() =>
      this.submissions.accept(actor, place, answersOf(answered, form.fields), consent, deliver),
    );
    return thanks(contactId);
  }

  /**
   * A form of a page that was recalled while a person filled it in: the partner
   * gets the request. The answer has nothing of what was recalled.
   * @throws DomainError `page.not-found` for a page without a form.
   */
  async receiveRecalled(found: FoundPage, { body, language, from, isBusy, source }: FormPost): Promise<FormAnswer> {
    const { activation, actor } = found;
    const compiled = await this.activations.campaign(actor, activation);
    const [page] = compiled.pages;
    const form = page?.form ?? null;
    if (page === undefined || form === null) throw notFound('page', activation.slug);
    const [first = activation.locale, ...others] = compiled.definition.locales;
    const locale = bestLocale(languageOf(body) ?? language ?? activation.locale, [first, ...others]);
    const values = readFormValues(body);
    const profile = await this.profiles.current(actor);
    const owner = { brand: await this.brands.current(actor), slug: activation.slug };
    const next = { first: null, documents: [], ...contactOf(profile, locale) };
    const consent = await this.consents.shown(found, compiled, page, values, { locale, from });
    if (values[SPAM_TRAP] === '') {
      if (isBusy || problemsOf(values, form.required).size > 0)
        return { status: isBusy ? 429 : 422, html: recalledPage('refused', locale, next, owner) };
      const place = { activation, pageKey: page.key, partnerCountry: profile.countryCode, source };
      await inConstantTime(() => this.submissions.accept(actor, place, answersOf(values, form.fields), consent));
    }
    return { status: 200, html: recalledPage('received', locale, next, owner) };
  }

  private async occasion(
    { activation, actor }: FoundPage,
    { definition, documents }: CompiledCampaign,
    { visit, locale, wanted }: { readonly visit: Visit | null; readonly locale: Locale; readonly wanted: unknown },
  ): Promise<FormOccasion> {
    const asked = typeof wanted === 'string' && definition.documents[wanted]?.requiresForm === true ? wanted : null;
    const shown = asked === null ? [] : await this.outputs.shownAssets(actor, activation);
    const all = asked === null ? [] : await this.outputs.assets(actor, activation.id);
    // One that is still being drawn is sent later; one that was recalled is not sent.
    const isRecalled = all.some(({ key }) => key === asked) && !shown.some(({ key }) => key === asked);
    const key = isRecalled ? null : asked;
    const ended = (await this.outputs.hasEnded(actor, activation)) ? await this.profiles.current(actor) : null;
    return {
      visit,
      document: key === null ? null : { key, title: titleOf(key, { definition, documents }, locale) },
      ended: ended?.name ?? null,
    };
  }

  private async nextSteps(
    { activation, actor }: FoundPage,
    { definition, documents, pages: [page] }: CompiledCampaign,
    profile: BrandProfile,
    { locale, source, contactId, asked }: Reader,
  ): Promise<NextSteps> {
    const assets = await this.outputs.shownAssets(actor, activation);
    const ready = assets.filter((one) => one.kind === 'document');
    const keys = [...new Set(ready.map(({ key }) => key))].sort(
      (one, other) => Number(other === asked?.key) - Number(one === asked?.key),
    );
    const pathOf = (key: string): string => {
      if (definition.documents[key]?.requiresForm !== true || contactId === null)
        return `/p/${activation.slug}/documents/${key}.pdf?locale=${locale}`;
      return this.delivery.path(activation, key, contactId, { locale, source });
    };
    return {
      first: page?.form == null ? null : firstStep(page.form, activation, locale),
      documents: keys.map((key) => ({
        path: pathOf(key),
        title: titleOf(key, { definition, documents }, locale),
        isAsked: key === asked?.key,
      })),
      ...contactOf(profile, locale),
    };
  }
}

/** Whom the thanks are for. */
interface Reader {
  readonly locale: Locale;
  readonly source: Source;
  /** Null: nobody was stored. */
  readonly contactId: ContactId | null;
  readonly asked: AskedDocument | null;
}

const titleOf = (
  key: string,
  { definition, documents }: Pick<CompiledCampaign, 'definition' | 'documents'>,
  locale: Locale,
): string => documents.find((one) => one.key === key)?.title[locale] ?? definition.title[locale] ?? key;

const formAction = ({ slug }: Pick<Activation, 'slug'>, source: Source = 'direct'): string =>
  source === 'direct' ? `/p/${slug}/form` : `/p/${slug}/form?source=${source}`;

const valueIn = (body: unknown, name: string): unknown => ((body ?? {}) as Readonly<Record<string, unknown>>)[name];

/** The click by which the reader of a form came; null: none. */
function clickIn(body: unknown): Id<'interaction'> | null {
  const given = valueIn(body, VISITOR_CLICK);
  return isId(given) ? given : null;
}

/** What the vendor proposes to a reader who has sent the form; null: nothing of its own. */
function firstStep(
  { next }: Pick<PageForm, 'next'>,
  { slug }: Pick<Activation, 'slug'>,
  locale: Locale,
): NextSteps['first'] {
  return next === undefined ? null : { path: `/p/${slug}/links/${next.link}`, label: next.label[locale] ?? next.link };
}
