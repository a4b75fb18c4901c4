import { Body, Controller, Get, HttpCode, Patch, Post, Put, Query } from '@nestjs/common';
import type { z } from 'zod';
import { Activations } from '#activations';
import {
  type Amount,
  ChangeLead,
  ChangeLeadAmount,
  LeadHistory,
  LeadPage,
  LeadView,
  LeadQuery,
  NewFollowUp,
  PageQuery,
  WaitingLeads,
} from '#contracts';
import { Contacts } from '#contacts';
import { type CompiledCampaign, stepNames } from '#content';
import { bestLocale, type LeadId, type Locale, type PartnerActor } from '#kernel';
import {
  clickedLink,
  documentLink,
  type HistoryPosition,
  type LeadMoment,
  LeadAmounts,
  LeadHistories,
  LeadMoves,
  Leads,
} from '#leads';
import { Allow, CurrentPartner } from '../http/authority.js';
import { cursorPosition, idCursor, nextCursor } from '../http/cursor-page.js';
import { IdParam, Uuid } from '../http/path-parameters.js';
import { LeadViews } from './leads.view.js';
import { ResponseBody, Summary } from '../http/openapi.js';

/** A partner's leads. */
@Controller('api/v1/leads')
export class LeadsController {
  constructor(
    private readonly leads: Leads,
    private readonly moves: LeadMoves,
    private readonly amounts: LeadAmounts,
    private readonly histories: LeadHistories,
    private readonly activations: Activations,
    private readonly contacts: Contacts,
    private readonly views: LeadViews,
  ) {}

  @Summary('List your leads')
  @Allow('leads.read')
  @Get()
  @ResponseBody(LeadPage)
  async list(
    @CurrentPartner() actor: PartnerActor,
    @Query({ schema: LeadQuery }) query: z.output<typeof LeadQuery>,
  ): Promise<z.output<typeof LeadPage>> {
    const leads = await this.leads.list(actor, {
      limit: query.limit,
      waiting: query.waiting === 'yes',
      beforeId: idCursor(query.cursor),
    });
    return {
      items: await this.views.list(actor, leads),
      nextCursor: nextCursor(leads, query.limit, ({ id }) => id),
    };
  }

  @Summary('Count the leads that wait for a follow-up')
  @Allow('leads.read')
  @Get('waiting')
  @ResponseBody(WaitingLeads)
  async waiting(@CurrentPartner() actor: PartnerActor): Promise<WaitingLeads> {
    const { fresh, quiet } = await this.leads.waiting(actor);
    return { new: fresh, quiet };
  }

  @Summary('Get a lead')
  @Allow('leads.read')
  @Get(':id')
  @ResponseBody(LeadView)
  async read(@CurrentPartner() actor: PartnerActor, @IdParam('id') id: LeadId): Promise<LeadView> {
    return this.views.one(actor, await this.leads.get(actor, id));
  }

  /** Events of the lead and actions of users, oldest first. */
  @Summary('List the history of a lead, from the first e-mail on')
  @Allow('leads.read')
  @Get(':id/history')
  @ResponseBody(LeadHistory)
  async history(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: LeadId,
    @Query({ schema: PageQuery }) { limit, cursor }: z.output<typeof PageQuery>,
  ): Promise<z.output<typeof LeadHistory>> {
    const after = cursorPosition(cursor, parseHistoryCursor);
    const { lead, moments } = await this.histories.list(actor, id, { limit, after });
    const activation = await this.activations.get(actor, lead.activationId);
    const campaign = await this.activations.campaign(actor, activation);
    const [person] = await this.contacts.byIds(actor, [lead.contactId]);
    // As the person read them.
    const names = stepNames(campaign, languageOfMails(campaign, activation.locale, person?.language ?? null));
    return {
      items: moments.map(({ id: momentId, at, kind, what, by, amount }) => ({
        id: momentId,
        at: at.toISOString(),
        kind,
        what,
        by,
        amount,
        link: linkOf({ kind, what }, campaign, activation.locale),
        name: kind === 'sent' ? (names.find(({ stepKey }) => stepKey === what) ?? null) : null,
      })),
      nextCursor: nextCursor(moments, limit, ({ place }) => [place.micros, place.kind, place.id].join(' ')),
    };
  }

  @Summary('Change the status of a lead')
  @Allow('leads.edit')
  @Patch(':id')
  @ResponseBody(LeadView)
  async change(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: LeadId,
    @Body({ schema: ChangeLead }) body: z.output<typeof ChangeLead>,
  ): Promise<LeadView> {
    return this.views.one(actor, await this.moves.move(actor, id, body.status, amountIn(body)));
  }

  /** Earlier amounts stay in the history. */
  @Summary('Correct the amount of a won lead')
  @Allow('leads.edit')
  @Put(':id/amount')
  @ResponseBody(LeadView)
  async changeAmount(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: LeadId,
    @Body({ schema: ChangeLeadAmount }) { amount }: z.output<typeof ChangeLeadAmount>,
  ): Promise<LeadView> {
    return this.views.one(actor, await this.amounts.change(actor, id, amount));
  }

  /** A follow-up resets the time without progress, which triggers reminders. */
  @Summary('Record a follow-up with a lead')
  @Allow('leads.edit')
  @Post(':id/follow-ups')
  @HttpCode(200)
  @ResponseBody(LeadView)
  async followUp(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: LeadId,
    @Body({ schema: NewFollowUp }) { note }: z.output<typeof NewFollowUp>,
  ): Promise<LeadView> {
    return this.views.one(actor, await this.leads.followUp(actor, id, note ?? null));
  }
}

/** What the change says of the deal. */
const amountIn = ({ amount }: z.output<typeof ChangeLead>): { amount?: z.output<typeof Amount> } =>
  amount === undefined ? {} : { amount };

/** What a person clicked or got; null for what has no link. */
function linkOf(
  { kind, what }: Pick<LeadMoment, 'kind' | 'what'>,
  campaign: CompiledCampaign,
  locale: Locale,
): ReturnType<typeof clickedLink> | null {
  if (kind === 'document') return documentLink(campaign, what, locale);
  return kind === 'click' && what !== '' ? clickedLink(campaign, what, locale) : null;
}

/** The language in which a contact gets the e-mails of a campaign. */
function languageOfMails({ emails }: CompiledCampaign, launched: Locale, wanted: string | null): Locale {
  const offered = emails.flatMap(({ masters }) => Object.keys(masters) as Locale[]);
  return bestLocale(wanted ?? launched, [launched, ...offered]);
}

/** @returns null for a cursor that is not from this list. */
function parseHistoryCursor(cursor: string): HistoryPosition | null {
  const [, micros, kind, id] = /^(\d{1,18}) ([a-z-]{1,20}) ([0-9a-f-]{36})$/.exec(cursor) ?? [];
  if (micros === undefined || kind === undefined || !Uuid.safeParse(id).success) return null;
  return { micros, kind, id: id ?? '' };
}
