import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { Activations } from '#activations';
import { Contacts } from '#contacts';
import { ContactHistory, idSchema, PageQuery, StepRecords as StepRecordsPage } from '#contracts';
import type { ActivationId, ContactId, PartnerActor } from '#kernel';
import { type DecisionCursor, StepRecords } from '#sequences';
import { Allow, CurrentPartner } from '../http/authority.js';
import { cursorPosition, nextCursor } from '../http/cursor-page.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { IdParam } from '../http/path-parameters.js';
import { ActivationViews, stepRecordView } from './activations.view.js';

const DecisionKey = z.object({
  contactId: idSchema<ContactId>(),
  stepKey: z.string().regex(/^[\w-]{0,60}$/),
  occurrence: z.coerce.number().int().min(0).max(1_000_000),
  origin: z.string().regex(/^[\w-]{0,60}$/),
});
/** @returns undefined for a cursor that is not from this list. */
function parseDecisionCursor(cursor: string): DecisionCursor | undefined {
  const [contactId, stepKey, occurrence = '1', origin = ''] = cursor.split(' ');
  return DecisionKey.safeParse({ contactId, stepKey, occurrence, origin }).data;
}

/** Why contacts got a step or not, by activation and by contact. */
@Controller('api/v1')
export class ActivationRecordsController {
  constructor(
    private readonly activations: Activations,
    private readonly contacts: Contacts,
    private readonly records: StepRecords,
    private readonly views: ActivationViews,
  ) {}

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
      after: cursorPosition(query.cursor, parseDecisionCursor),
    });
    return {
      items: records.map(stepRecordView),
      nextCursor: nextCursor(
        records,
        query.limit,
        ({ contactId, stepKey, occurrence, origin }) => `${contactId} ${stepKey} ${occurrence} ${origin}`,
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
}
