import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  StreamableFile,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type Desk, type StoredTranslation, TranslationDesk, TranslationRequests } from '#campaigns';
import { writeZip } from '#content';
import {
  AskForReview,
  RecordTranslations,
  ReopenTranslations,
  TranslationDeskView,
  TranslationRecords,
  XliffCheck,
} from '#contracts';
import { type CampaignId, DomainError, type VendorActor } from '#kernel';
import { MOST_XLIFF_BYTES } from '#xliff';
import { Allow, CurrentVendor } from '../http/authority.js';
import { ResponseBody, ResponseMedia, Summary } from '../http/openapi.js';
import { IdParam, LanguageTag } from '../http/path-parameters.js';
import { oneUpload, type Upload } from '../http/uploads.js';

/** One byte more than allowed, so that the lib's own error says what to do. */
const oneFile = oneUpload('file', { fileSize: MOST_XLIFF_BYTES + 1, fields: 0 });
const XLIFF = 'application/xliff+xml';

/** Translations of the texts of a campaign: what was said of them, and files for translators. */
@ApiTags('campaigns')
@Controller('api/v1/campaigns/:id/translations')
export class TranslationsController {
  constructor(
    private readonly desk: TranslationDesk,
    private readonly requests: TranslationRequests,
  ) {}

  /** Counts are those of the draft with its changes. */
  @Summary('Show how far each language of a campaign is')
  @Get()
  @Allow('campaigns.read')
  @ResponseBody(TranslationDeskView)
  async show(@CurrentVendor() actor: VendorActor, @IdParam('id') id: CampaignId): Promise<TranslationDeskView> {
    return deskView(await this.desk.show(actor, id), actor);
  }

  /** The texts of all languages but the first, one XLIFF file each. */
  @Summary('Download the texts of a campaign for translators, in all languages')
  @ResponseMedia('application/zip')
  @Get('all.zip')
  @Allow('campaigns.read')
  async all(@CurrentVendor() actor: VendorActor, @IdParam('id') id: CampaignId): Promise<StreamableFile> {
    const { name, files } = await this.desk.exportAll(actor, id);
    const named = files.map(([locale, xliff]) => [`${name}.${locale}.xlf`, Buffer.from(xliff)] as const);
    return new StreamableFile(await writeZip({ files: new Map(named) }), {
      type: 'application/zip',
      disposition: `attachment; filename="${name}-translations.zip"`,
    });
  }

  /**
   * Says of texts that they translate these sources. If source or text change
   * later, that no longer holds. The texts themselves are those of the draft.
   */
  @Summary('Record that texts translate their sources')
  @Post(':locale')
  @HttpCode(200)
  @Allow('campaigns.edit')
  @ResponseBody(TranslationRecords)
  async record(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Param('locale', { schema: LanguageTag }) locale: string,
    @Body({ schema: RecordTranslations }) { texts }: z.output<typeof RecordTranslations>,
  ): Promise<TranslationRecords> {
    const said = texts.map((text) => ({ ...text, state: 'translated' as const }));
    return recordsView(await this.desk.record(actor, id, locale, said), actor);
  }

  /** Only the reviewer of the language may, if it has one. An API key never may. */
  @Summary('Mark texts as reviewed')
  @Post(':locale/reviews')
  @HttpCode(200)
  @Allow('campaigns.comment')
  @ResponseBody(TranslationRecords)
  async review(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Param('locale', { schema: LanguageTag }) locale: string,
    @Body({ schema: RecordTranslations }) { texts }: z.output<typeof RecordTranslations>,
  ): Promise<TranslationRecords> {
    const said = texts.map((text) => ({ ...text, state: 'reviewed' as const }));
    return recordsView(await this.desk.record(actor, id, locale, said), actor);
  }

  @Summary('Take reviews of texts back')
  @Post(':locale/reopened')
  @HttpCode(200)
  @Allow('campaigns.comment')
  @ResponseBody(TranslationRecords)
  async reopen(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Param('locale', { schema: LanguageTag }) locale: string,
    @Body({ schema: ReopenTranslations }) { keys }: z.output<typeof ReopenTranslations>,
  ): Promise<TranslationRecords> {
    return recordsView(await this.desk.reopen(actor, id, locale, keys), actor);
  }

  /**
   * Asks the reviewer of the language, or answers the translators. They get an
   * e-mail, and see it on their home page.
   */
  @Summary('Ask for a review of a language, or answer')
  @Post(':locale/requests')
  @HttpCode(204)
  @Allow('campaigns.comment')
  async ask(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Param('locale', { schema: LanguageTag }) locale: string,
    @Body({ schema: AskForReview }) request: z.output<typeof AskForReview>,
  ): Promise<void> {
    await this.requests.send(actor, id, locale, request);
  }

  /** XLIFF 2.1. Fields, conditions and tags are inline codes. */
  @Summary('Download the texts of a campaign for a translator')
  @ResponseMedia(XLIFF)
  @Get(':locale/xliff')
  @Allow('campaigns.read')
  async xliff(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Param('locale', { schema: LanguageTag }) locale: string,
  ): Promise<StreamableFile> {
    const { name, xliff } = await this.desk.export(actor, id, locale);
    return new StreamableFile(Buffer.from(xliff), {
      type: XLIFF,
      disposition: `attachment; filename="${name}.${locale}.xlf"`,
    });
  }

  /**
   * Compares an XLIFF 2.0 or 2.1 file with the draft, and says what its import
   * would do with each text. Changes nothing: store the texts with the draft
   * files, then record them.
   */
  @Summary('Check a file from a translator')
  @Post(':locale/xliff-checks')
  @HttpCode(200)
  @Allow('campaigns.edit')
  @UseInterceptors(oneFile)
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } },
  })
  @ResponseBody(XliffCheck)
  async check(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Param('locale', { schema: LanguageTag }) locale: string,
    @UploadedFile() file: Upload | undefined,
  ): Promise<XliffCheck> {
    if (file === undefined)
      throw new DomainError('xliff.missing', 'Send the file as the form field "file".', { field: 'file' });
    const texts = await this.desk.check(actor, id, locale, file.buffer);
    return {
      texts: texts.map(({ problems, ...text }) => ({
        ...text,
        problems: problems.map(({ codes, ...problem }) => ({ ...problem, codes: [...codes] })),
      })),
    };
  }
}

function deskView({ rule, languages, records }: Desk, actor: VendorActor): TranslationDeskView {
  return {
    rule: { unreviewed: rule.unreviewed, ownReview: rule.ownReview },
    languages: languages.map(({ locale, counts, reviewer, isHeldBack, request }) => ({
      locale,
      counts: { ...counts },
      reviewer: reviewer === null ? null : { name: reviewer.name, isYou: reviewer.userId === actor.userId },
      isHeldBack,
      request:
        request === null
          ? null
          : {
              kind: request.kind,
              count: request.count,
              comment: request.comment,
              at: request.at.toISOString(),
              by: request.byName,
            },
    })),
    ...recordsView(records, actor),
  };
}

function recordsView(records: readonly StoredTranslation[], { userId }: VendorActor): TranslationRecords {
  return {
    records: records.map(({ locale, key, source, text, isReviewed, ...said }) => ({
      locale,
      key,
      source,
      text,
      isReviewed,
      translatedAt: said.translatedAt.toISOString(),
      translatedBy: said.translatedByName,
      isYours: userId !== null && said.translatedByUserId === userId,
      reviewedAt: said.reviewedAt?.toISOString() ?? null,
      reviewedBy: said.reviewedByName,
    })),
  };
}
