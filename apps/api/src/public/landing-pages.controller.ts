import { Body, Controller, Get, Header, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { type Activation, Activations, LandingPages } from '#activations';
import { BrandProfiles, inLocale, PageBrands, provenWebsite } from '#brand';
import type { CompiledCampaign, CompiledPage } from '#content';
import { DoubleOptIns } from '#contacts';
import { ClickVerdicts } from '#engagement';
import { isId, type Locale, notFound, type SystemActor } from '#kernel';
import { countryIn, FormSubmissions, languageOf, problemsOf, readFormValues } from '#leads';
import { phoneLink } from '#organisations';
import { SPAM_TRAP } from '#rendering';
import { Public } from '../http/authority.js';
import { inConstantTime } from '../http/constant-time.js';
import { ResponseMedia, Summary } from '../http/openapi.js';
import { PAGE_POLICY } from '../http/preview-policy.js';
import { isTooMany } from '../http/rate-limits.js';
import { formAgainPage, type NextSteps, thanksPage } from './form-pages.js';

type PageForm = NonNullable<CompiledPage['form']>;

/** Co-branded landing pages and their forms. They work without scripts. */
@Controller('p/:slug')
export class LandingPagesController {
  constructor(
    private readonly activations: Activations,
    private readonly pages: LandingPages,
    private readonly brands: PageBrands,
    private readonly profiles: BrandProfiles,
    private readonly verdicts: ClickVerdicts,
    private readonly optIns: DoubleOptIns,
    private readonly submissions: FormSubmissions,
  ) {}

  @Summary('Show a landing page')
  @ResponseMedia('text/html')
  @Public()
  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', PAGE_POLICY)
  async page(
    @Param('slug') slug: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const { t: given } = request.query;
    const click = request.method === 'GET' && isId(given) ? given : null;
    if (click !== null) await this.verdicts.confirmPageOpened(click);
    const found = await this.pages.find(slug);
    const { html, isPersonal } = await this.pages.page(found, request.acceptsLanguages()[0] ?? null, click);
    // The address names the click, and the form may have a person's data.
    response.setHeader('Referrer-Policy', 'strict-origin');
    if (isPersonal) response.setHeader('Cache-Control', 'no-store');
    return html;
  }

  @Summary('Show a landing page in a language')
  @ResponseMedia('text/html')
  @Public()
  @Get(':locale')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', PAGE_POLICY)
  async localised(@Param('slug') slug: string, @Param('locale') locale: string): Promise<string> {
    return (await this.pages.page(await this.pages.find(slug), locale)).html;
  }

  /** By an address of ours: the seal of a page allows no other. */
  @Summary('Follow a link of a landing page')
  @ResponseMedia('text/html')
  @Public()
  @Get('links/:name')
  async link(@Param('slug') slug: string, @Param('name') name: string, @Res() response: Response): Promise<void> {
    const url = await this.pages.linkTarget(await this.pages.find(slug), name);
    response.setHeader('Referrer-Policy', 'no-referrer').setHeader('Cache-Control', 'no-store').redirect(302, url);
  }

  /** Creates a contact with the consent as shown, and a lead. */
  @Summary('Submit the form of a landing page')
  @ResponseMedia('text/html')
  @Public()
  @Post('form')
  @HttpCode(200)
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', PAGE_POLICY)
  async answer(
    @Param('slug') slug: string,
    @Body() body: unknown,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const found = await this.pages.find(slug);
    const { activation, actor } = found;
    const compiled = await this.activations.campaign(actor, activation);
    const form = compiled.pages[0]?.form ?? null;
    if (form === null) throw notFound('page', activation.slug);
    const wanted = languageOf(body) ?? request.acceptsLanguages()[0] ?? null;
    const { sealed, html } = await this.pages.page(found, wanted);
    const { locale } = sealed.baked;
    const answers = readFormValues(body);
    const isDouble = form.doubleOptIn === true || (await this.optIns.isWanted(actor, countryIn(answers)));
    const owner = { brand: await this.brands.current(actor), slug: activation.slug };
    const next = {
      ...(await this.nextSteps(actor, activation, compiled, locale)),
      first: firstStep(form, activation, locale),
    };
    const thanks = thanksPage(form.thanks[locale] ?? '', locale, isDouble, next, owner);
    // A bot filled in the hidden field: it gets the same page, and nothing is
    // saved.
    if (answers[SPAM_TRAP] !== '') return thanks;
    const { fields, required } = form;
    const isBusy = isTooMany(response);
    const problems = problemsOf(answers, required);
    if (isBusy || problems.size > 0) {
      response.status(isBusy ? 429 : 422);
      const action = `/p/${activation.slug}/form`;
      const again = formAgainPage(html, { action, fields, required, answers, problems, isBusy }, locale);
      if (again === null) throw notFound('page', activation.slug);
      return again;
    }
    const shown = { text: form.consent[locale] ?? '', language: locale, from: request.ip ?? '' };
    // Known and unknown addresses take different work: a constant time does not
    // reveal who is a contact.
    await inConstantTime(() => this.submissions.accept(actor, activation, answers, { ...shown, isDouble }));
    return thanks;
  }

  private async nextSteps(
    actor: SystemActor,
    activation: Activation,
    { definition, documents }: CompiledCampaign,
    locale: Locale,
  ): Promise<Omit<NextSteps, 'first'>> {
    const profile = await this.profiles.current(actor);
    const { name, phone, email } = inLocale(profile, locale).contact;
    const assets = await this.activations.assets(actor, activation.id);
    const ready = assets.filter((one) => one.kind === 'document');
    const keys = [...new Set(ready.map(({ key }) => key))];
    return {
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
