import { Controller, Get, Param, Req, Res, UseFilters } from '@nestjs/common';
import type { Request, Response } from 'express';
import { type Activation, ActivationOutputs, Activations, SealedAssets } from '#activations';
import { type Source, sourceIn } from '#contracts';
import { ClickVerdicts, Visits } from '#engagement';
import { type Id, isId, notFound, type SystemActor, systemActor } from '#kernel';
import { Public } from '../http/authority.js';
import { ResponseMedia, Summary } from '../http/openapi.js';
import { FORM_ANCHOR } from './asked-fields.js';
import { RecallNoticeFilter } from './recall-notice.filter.js';
import { DocumentDelivery } from './document-delivery.service.js';
import { DocumentReaders } from './document-readers.service.js';

/** Documents of landing pages, co-branded. */
@UseFilters(RecallNoticeFilter)
@Controller('p/:slug/documents/:file')
export class DocumentsController {
  constructor(
    private readonly activations: Activations,
    private readonly outputs: ActivationOutputs,
    private readonly assets: SealedAssets,
    private readonly verdicts: ClickVerdicts,
    private readonly readers: DocumentReaders,
    private readonly delivery: DocumentDelivery,
    private readonly visits: Visits,
  ) {}

  /** A document that requires the form leads to it, unless it was asked for. */
  @Summary('Get a document of a landing page')
  @ResponseMedia('application/pdf')
  @Public()
  @Get()
  async document(
    @Param('slug') slug: string,
    @Param('file') file: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { t: given, locale: chosen, g: token } = request.query;
    const click = isId(given) ? (given as Id<'interaction'>) : null;
    if (request.method === 'GET' && click !== null) await this.verdicts.confirmPageOpened(click);
    const actor = systemActor('document');
    const activation = await this.activations.ofPage(actor, slug);
    const source = sourceIn(request.query);
    const key = file.replace(/\.pdf$/, '');
    const wanted = typeof chosen === 'string' ? chosen : (request.acceptsLanguages()[0] ?? null);
    const asset = activation === null ? null : await this.outputs.document(actor, activation, key, wanted);
    if (activation === null || asset === null) throw notFound('document', key.slice(0, 60));
    await this.outputs.requireOutput(actorOf(activation), activation, { ...asset, hasBegun: true });
    if (await this.requiresForm(activation, key)) {
      response.setHeader('Cache-Control', 'no-store').setHeader('Referrer-Policy', 'no-referrer');
      const arrival = { click, token: typeof token === 'string' ? token : null, source };
      const reader = await this.readers.find(actorOf(activation), activation, key, arrival);
      if (reader === null) {
        const visit = click === null ? '' : `&t=${click}`;
        const query = `document=${encodeURIComponent(key)}${visit}${ofSource(source)}`;
        response.redirect(303, `/p/${activation.slug}?${query}#${FORM_ANCHOR}`);
        return;
      }
      if (request.method === 'GET') await this.delivery.record(actorOf(activation), activation, key, reader);
    } else await this.visits.record(actorOf(activation), activation, 'document', { source, click }, request);
    response
      .type('application/pdf')
      .vary('Accept-Language')
      .setHeader('Content-Disposition', `inline; filename="${asset.key}.pdf"`)
      .send(await this.assets.bytes(activation, asset));
  }

  private async requiresForm(activation: Activation, key: string): Promise<boolean> {
    const { definition } = await this.activations.campaign(actorOf(activation), activation);
    return definition.documents[key]?.requiresForm === true;
  }
}

const ofSource = (source: Source): string => (source === 'direct' ? '' : `&source=${source}`);

const actorOf = ({ partnerId }: Activation): SystemActor => systemActor('document', { partnerId });
