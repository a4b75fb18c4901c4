import { Body, Controller, Get, Headers, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { Activations, Launch } from '#activations';
import { CampaignLibrary } from '#campaigns';
import {
  ActivationDetail,
  Activations as ActivationsPage,
  ActivationsQuery,
  ContactHistory,
  idSchema,
  LaunchRequest,
  PageQuery,
  StepRecords as StepRecordsPage,
  StopRequest,
  type TightenLeadRule,
  VendorActivations,
} from '#contracts';
import { Contacts } from '#contacts';
import { Engagement } from '#engagement';
import {
  type ActivationId,
  type CampaignId,
  type ContactId,
  DomainError,
  type PartnerActor,
  type VendorActor,
} from '#kernel';
import { Organisations } from '#organisations';
import { LeadRules } from '#leads';
import { CampaignReach, type DecisionCursor, StepRecords } from '#sequences';
import { ActivationViews, stepRecordView } from './activations.view.js';
import { Allow, CurrentPartner, CurrentVendor } from '../http/authority.js';
import { idCursor, nextCursor } from '../http/cursor-page.js';
import { IdParam } from '../http/path-parameters.js';
import { ResponseBody, Summary } from '../http/openapi.js';

const DecisionKey = z.object({
  contactId: idSchema<ContactId>(),
  stepKey: z.string().regex(/^[\w-]{0,60}$/),
  occurrence: z.coerce.number().int().min(0).max(1_000_000),
});
/**
 * @returns null for a cursor that this list did not give out: the list starts
 *   at the first page.
 */
function parseDecisionCursor(cursor: string | undefined): DecisionCursor | null {
  const [contactId, stepKey, occurrence = '1'] = (cursor ?? '').split(' ');
  const { data } = DecisionKey.safeParse({ contactId, stepKey, occurrence });
  return data ?? null;
}

const isTightened = (rule: TightenLeadRule): boolean => Object.values(rule).some((part) => part !== null);

/** A partner's running campaigns. */
@Controller('api/v1')
export class ActivationsController {
  constructor(
    private readonly activations: Activations,
    private readonly launching: Launch,
    private readonly records: StepRecords,
    private readonly engagement: Engagement,
    private readonly views: ActivationViews,
    private readonly contacts: Contacts,
    private readonly organisations: Organisations,
    private readonly library: CampaignLibrary,
    private readonly reach: CampaignReach,
    private readonly leadRules: LeadRules,
  ) {}

  /** 201 the first time, 200 when this Idempotency-Key has launched before. */
  @Summary(
    'Launch a campaign to a contact list. Repeating the request with the same Idempotency-Key returns the same activation',
  )
  @Allow('activations.launch')
  @Post('activations')
  @ApiHeader({
    name: 'Idempotency-Key',
    required: true,
    description: '8 to 100 letters, digits, - or _. Repeating the request with the same key launches once.',
  })
  @ResponseBody(ActivationDetail, 201)
  async launch(
    @CurrentPartner() actor: PartnerActor,
    @Headers('idempotency-key') key: string | undefined,
    @Body({ schema: LaunchRequest }) body: z.output<typeof LaunchRequest>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<z.output<typeof ActivationDetail>> {
    if (key === undefined || !/^[\w-]{8,100}$/.test(key)) {
      throw new DomainError(
        'launch.key-missing',
        'The header Idempotency-Key is missing or invalid. Send 8 to 100 letters, digits, - or _, so that a repeated request launches once.',
        { field: 'Idempotency-Key' },
      );
    }
    const { id, created } = await this.launching.launch(
      actor,
      {
        versionId: body.versionId,
        listId: body.listId,
        startAt: body.startAt === undefined ? null : new Date(body.startAt),
        locale: body.locale ?? null,
        slots: body.slots,
        choices: body.choices,
        leadRule: isTightened(body.leadRule) ? { rule: body.leadRule, by: this.leadRules } : undefined,
        idempotencyKey: key,
      },
      this.reach,
    );
    response.status(created ? 201 : 200);
    return this.detail(actor, id);
  }

  @Summary("List your organisation's activations, newest first")
  @Allow('activations.read')
  @Get('activations')
  @ResponseBody(ActivationsPage)
  async list(
    @CurrentPartner() actor: PartnerActor,
    @Query({ schema: ActivationsQuery }) { limit, cursor, state }: z.output<typeof ActivationsQuery>,
  ): Promise<z.output<typeof ActivationsPage>> {
    const found = await this.activations.list(actor, { limit, beforeId: idCursor(cursor), state: state ?? null });
    return {
      items: await this.views.summaries(actor, found),
      nextCursor: nextCursor(found, limit, ({ id }) => id),
    };
  }

  @Summary('Get one activation with its results')
  @Allow('activations.read')
  @Get('activations/:id')
  @ResponseBody(ActivationDetail)
  async one(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: ActivationId,
  ): Promise<z.output<typeof ActivationDetail>> {
    return this.detail(actor, id);
  }

  @Summary('Pause an activation: no further e-mails until it is resumed')
  @Allow('activations.control')
  @Post('activations/:id/hold')
  @HttpCode(200)
  @ResponseBody(ActivationDetail)
  async hold(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: ActivationId,
  ): Promise<z.output<typeof ActivationDetail>> {
    await this.activations.hold(actor, id);
    return this.detail(actor, id);
  }

  @Summary('Resume a paused activation')
  @Allow('activations.control')
  @Post('activations/:id/resume')
  @HttpCode(200)
  @ResponseBody(ActivationDetail)
  async resume(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: ActivationId,
  ): Promise<z.output<typeof ActivationDetail>> {
    await this.activations.resume(actor, id);
    return this.detail(actor, id);
  }

  @Summary('Stop an activation for good. With `onlyIfUnsent`, only while nothing has been sent (undoes a launch)')
  @Allow('activations.control')
  @Post('activations/:id/stop')
  @HttpCode(200)
  @ResponseBody(ActivationDetail)
  async stop(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: ActivationId,
    @Body({ schema: StopRequest }) { onlyIfUnsent }: z.output<typeof StopRequest>,
  ): Promise<z.output<typeof ActivationDetail>> {
    await this.activations.stop(actor, id, onlyIfUnsent ? this.records : null);
    return this.detail(actor, id);
  }

  @Summary('List every decision of an activation: who received which step, and why others did not')
  @Allow('activations.read')
  @Get('activations/:id/messages')
  @ResponseBody(StepRecordsPage)
  async messages(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: ActivationId,
    @Query({ schema: PageQuery }) query: z.output<typeof PageQuery>,
  ): Promise<z.output<typeof StepRecordsPage>> {
    await this.activations.get(actor, id);
    const records = await this.records.ofActivation(actor, id, {
      limit: query.limit,
      after: parseDecisionCursor(query.cursor),
    });
    return {
      items: records.map(stepRecordView),
      nextCursor: nextCursor(
        records,
        query.limit,
        ({ contactId, stepKey, occurrence }) => `${contactId} ${stepKey} ${occurrence}`,
      ),
    };
  }

  @Summary('List why a contact did or did not receive each step')
  @Allow('contacts.read')
  @Get('contacts/:id/history')
  @ResponseBody(ContactHistory)
  async history(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: ContactId,
  ): Promise<z.output<typeof ContactHistory>> {
    await this.contacts.get(actor, id);
    return this.views.history(actor, await this.records.ofContact(actor, id));
  }

  /**
   * The partners that run a campaign, without any data about their contacts.
   */
  @Summary('List the partners that run a campaign, without any data about their contacts')
  @Allow('vendor-activations.read')
  @Get('campaigns/:id/activations')
  @ResponseBody(VendorActivations)
  async ofCampaign(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Query({ schema: PageQuery }) query: z.output<typeof PageQuery>,
  ): Promise<z.output<typeof VendorActivations>> {
    await this.library.campaign(actor, id);
    const found = await this.activations.ofCampaign(actor, id, {
      limit: query.limit,
      beforeId: idCursor(query.cursor),
    });
    const names = await this.organisations.byIds(
      actor,
      found.map(({ partnerId }) => partnerId),
    );
    const items = found.map(({ id: activationId, partnerId, status, launchedAt, endedAt }) => ({
      id: activationId,
      partnerId,
      partnerName: names.get(partnerId)?.name ?? '',
      status,
      launchedAt: launchedAt.toISOString(),
      endedAt: endedAt?.toISOString() ?? null,
    }));
    return { items, nextCursor: nextCursor(found, query.limit, ({ id }) => id) };
  }

  private async detail(actor: PartnerActor, id: ActivationId): Promise<z.output<typeof ActivationDetail>> {
    const activation = await this.activations.get(actor, id);
    return this.views.detail(
      actor,
      activation,
      await this.records.progress(actor, id),
      await this.engagement.humanClicks(actor, id),
    );
  }
}
