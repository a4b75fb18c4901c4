import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Activations, RecallNames, RecallReports } from '#activations';
import { PublishedVersions, type RecallId } from '#campaigns';
import { ActivationRecallViews, OwnSignedRecallReport } from '#contracts';
import { type ActivationId, notFound, type PartnerActor } from '#kernel';
import { recallFields, rowView } from '../campaigns/recalls.view.js';
import { Allow, CurrentPartner } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { IdParam } from '../http/path-parameters.js';

/** Recalls of a partner's campaign by its vendor: the partner's part of the report. */
@ApiTags('activations')
@Controller('api/v1/activations/:id/recalls')
export class ActivationRecallsController {
  constructor(
    private readonly activations: Activations,
    private readonly published: PublishedVersions,
    private readonly reports: RecallReports,
    private readonly names: RecallNames,
  ) {}

  @Summary('List what your vendor has recalled of a campaign, and what became of each content')
  @Get()
  @Allow('activations.read')
  @ResponseBody(ActivationRecallViews)
  async list(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: ActivationId,
  ): Promise<z.output<typeof ActivationRecallViews>> {
    await this.activations.get(actor, id);
    const states = await this.reports.ofActivation(actor, id);
    const items = await Promise.all(
      states.map(async (state) => {
        const { replacementId } = state.recall;
        const replacement = replacementId === null ? null : await this.published.launched(actor, replacementId);
        const rows = await this.reports.ofLaunch(actor, state.recall.id, id);
        const names = await this.names.of(state.recall.id);
        return {
          ...recallFields(state, names, replacement?.number ?? null),
          rows: rows.map((row) => ({ ...rowView(row, names), waiting: row.waiting })),
        };
      }),
    );
    return { items };
  }

  @Summary('Download your part of the report of a recall as JSON, signed with the vendor’s key')
  @Get(':recallId/report.json')
  @Allow('activations.read')
  @ResponseBody(OwnSignedRecallReport)
  async signed(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: ActivationId,
    @IdParam('recallId') recallId: RecallId,
  ): Promise<OwnSignedRecallReport> {
    await this.activations.get(actor, id);
    const own = await this.reports.ofActivation(actor, id);
    if (!own.some(({ recall }) => recall.id === recallId)) throw notFound('recall', recallId);
    return this.reports.signedPart(actor, recallId);
  }
}
