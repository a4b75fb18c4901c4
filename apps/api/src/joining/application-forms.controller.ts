import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import type { z } from 'zod';
import { CONFIG, type Config } from '#config';
import { ApplicationFormView, PublicApplicationForm, SaveApplicationForm, SendApplication } from '#contracts';
import { type ApplicationForm, ApplicationForms, applicationFormVersion, ApplicationRequests } from '#joining';
import type { VendorActor } from '#kernel';
import { Allow, CurrentVendor, Public } from '../http/authority.js';
import { EditedVersion, ReplacesVersion } from '../http/edited-version.js';
import { ResponseBody, Summary } from '../http/openapi.js';

/** Public forms by which companies ask to become a partner. */
@Controller('api/v1')
export class ApplicationFormsController {
  constructor(
    private readonly forms: ApplicationForms,
    private readonly requests: ApplicationRequests,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  @Summary('Get your application form')
  @Allow('programme.read')
  @Get('application-form')
  @ResponseBody(ApplicationFormView)
  async get(@CurrentVendor() actor: VendorActor): Promise<ApplicationFormView> {
    return this.view(actor, await this.forms.get(actor));
  }

  @Summary('Change, open or close your application form')
  @Allow('partners.edit')
  @Put('application-form')
  @ReplacesVersion()
  @ResponseBody(ApplicationFormView)
  async save(
    @CurrentVendor() actor: VendorActor,
    @EditedVersion() basedOn: string | null,
    @Body({ schema: SaveApplicationForm }) body: z.output<typeof SaveApplicationForm>,
  ): Promise<ApplicationFormView> {
    return this.view(actor, await this.forms.save(actor, body, basedOn));
  }

  @Summary('Get the open application form of a vendor')
  @Public()
  @Get('applications/forms/:slug')
  @ResponseBody(PublicApplicationForm)
  async open(@Param('slug') slug: string): Promise<PublicApplicationForm> {
    const { vendor, form } = await this.forms.open(slug);
    return {
      vendorName: vendor.name,
      introduction: { ...form.introduction },
      questions: form.questions.map(({ key, label, isRequired }) => ({ key, label: { ...label }, isRequired })),
    };
  }

  /** The vendor sees it once the address is confirmed. */
  @Summary('Apply to become a partner. Sends a link that proves the address')
  @Public()
  @Post('applications/forms/:slug')
  @HttpCode(202)
  async apply(
    @Param('slug') slug: string,
    @Body({ schema: SendApplication }) body: z.output<typeof SendApplication>,
  ): Promise<void> {
    const { website, language: locale, ...rest } = body;
    await this.requests.request(slug, { ...rest, website: website ?? null, locale });
  }

  @Summary('Prove the address of an application by its link')
  @Public()
  @Post('applications/confirmations/:token')
  @HttpCode(204)
  async confirm(@Param('token') token: string): Promise<void> {
    await this.requests.confirm(token);
  }

  private async view(actor: VendorActor, form: ApplicationForm): Promise<ApplicationFormView> {
    const { isOpen, introduction, questions, rules } = form;
    const { refuse, accept, ...rest } = rules;
    const listOf = ({ countries, domains }: ApplicationForm['rules']['refuse']) => ({
      countries: [...countries],
      domains: [...domains],
    });
    return {
      version: applicationFormVersion(form),
      url: `${this.config.PUBLIC_URL}/apply/${await this.forms.slugOf(actor)}`,
      isOpen,
      introduction: { ...introduction },
      questions: questions.map(({ key, label, isRequired }) => ({ key, label: { ...label }, isRequired })),
      rules: { ...rest, refuse: listOf(refuse), accept: listOf(accept) },
    };
  }
}
