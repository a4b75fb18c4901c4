import { Body, Controller, Get, Header, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Activations, LandingPages } from '#activations';
import { PageBrands } from '#brand';
import { DoubleOptIns } from '#contacts';
import { ClickVerdicts } from '#engagement';
import { isId } from '#kernel';
import { countryIn, FormSubmissions, languageOf, problemsOf, readFormValues } from '#leads';
import { formLabels, SPAM_TRAP } from '#rendering';
import { Public } from '../http/authority.js';
import { inConstantTime } from '../http/constant-time.js';
import { PAGE_POLICY } from '../http/preview-policy.js';
import { isTooMany } from '../http/rate-limits.js';
import { formAgainPage, thanksPage } from './public-pages.js';
import { ResponseMedia, Summary } from '../http/openapi.js';

/** Co-branded landing pages and their forms. They work without scripts. */
@Controller('p/:slug')
export class LandingPagesController {
  constructor(
    private readonly activations: Activations,
    private readonly pages: LandingPages,
    private readonly brands: PageBrands,
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
  async page(@Param('slug') slug: string, @Req() request: Request): Promise<string> {
    const click: unknown = request.query['t'];
    if (request.method === 'GET' && isId(click)) await this.verdicts.confirmPageOpened(click);
    return this.pages.html(slug, request.acceptsLanguages()[0] ?? null);
  }

  @Summary('Show a landing page in a language')
  @ResponseMedia('text/html')
  @Public()
  @Get(':locale')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', PAGE_POLICY)
  async localised(@Param('slug') slug: string, @Param('locale') locale: string): Promise<string> {
    return this.pages.html(slug, locale);
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
    const { activation, actor } = await this.pages.find(slug);
    const compiled = await this.activations.campaign(actor, activation);
    const [page] = compiled.pages;
    const wanted = languageOf(body) ?? request.acceptsLanguages()[0] ?? null;
    const { sealed, html } = await this.pages.render(actor, activation, wanted);
    const { locale } = sealed.baked;
    const answers = readFormValues(body);
    const isDouble = page?.form?.doubleOptIn === true || (await this.optIns.isWanted(actor, countryIn(answers)));
    const brand = await this.brands.current(actor);
    const thanks = thanksPage(page?.form?.thanks[locale] ?? '', locale, isDouble, brand);
    // A bot filled in the hidden field: it gets the same page, and nothing is
    // saved.
    if (answers[SPAM_TRAP] !== '') return thanks;
    const { fields = [], required = [] } = page?.form ?? {};
    const isBusy = isTooMany(response);
    const problems = problemsOf(answers, required);
    if (isBusy || problems.size > 0) {
      response.status(isBusy ? 429 : 422);
      const form = {
        action: `/p/${activation.slug}/form`,
        fields,
        required,
        labels: formLabels(html),
        answers,
        problems,
        isBusy,
      };
      return formAgainPage(form, brand, locale);
    }
    const shown = { text: page?.form?.consent[locale] ?? '', language: locale, from: request.ip ?? '' };
    // Known and unknown addresses take different work: a constant time does not
    // reveal who is a contact.
    await inConstantTime(() => this.submissions.accept(actor, activation, answers, { ...shown, isDouble }));
    return thanks;
  }
}
