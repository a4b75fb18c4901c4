import { Injectable, Logger } from '@nestjs/common';
import { isbot } from 'isbot';
import type { Source } from '#contracts';
import { Database } from '#database';
import {
  type ActivationId,
  Clock,
  type Id,
  messageOf,
  newId,
  type PartnerId,
  type SystemActor,
  type VendorId,
} from '#kernel';
import { hasBrowserHeaders, isPrefetch } from './click-request.js';
import type { ClickRequest } from './clicks.service.js';

/** The campaign of a page. */
export interface VisitedCampaign {
  readonly id: ActivationId;
  readonly partnerId: PartnerId;
  readonly vendorId: VendorId;
}

/** What an unknown visitor did at a page. */
type Visited = 'visit' | 'form-start' | 'document';

/**
 * Counts what people do at pages of campaigns, by what led them there. Nothing identifies a person: no
 * address, no cookie. A visit by an e-mail has the message, for its step.
 */
@Injectable()
export class Visits {
  private readonly logger = new Logger(Visits.name);

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Records a visit, unless the database refuses: the visitor gets the page all the same.
   * @param actor in the scope of the page's partner.
   * @param click by which the reader came; null: not by an e-mail.
   */
  async record(
    actor: SystemActor,
    { id, partnerId, vendorId }: VisitedCampaign,
    visited: Visited,
    { source, click = null }: { readonly source: Source; readonly click?: Id<'interaction'> | null },
    request: Pick<ClickRequest, 'method' | 'headers'>,
  ): Promise<void> {
    if (request.method === 'HEAD') return;
    const verdict = isProgram(request, visited) ? 'machine' : 'human';
    try {
      await this.database.inTransaction(actor, () =>
        this.database.query(
          `INSERT INTO engagement.interaction (id, partner_id, vendor_id, activation_id, message_id, kind, verdict, source, at)
           SELECT $1, $2, $3, $4, c.message_id, $5, $6, CASE WHEN c.id IS NULL THEN $7 ELSE 'email' END, $8
           FROM (SELECT 1) one LEFT JOIN engagement.interaction c ON c.id = $9 AND c.activation_id = $4 AND c.kind = 'click'`,
          [newId<Id<'interaction'>>(), partnerId, vendorId, id, visited, verdict, source, this.clock.now(), click],
        ),
      );
    } catch (error) {
      this.logger.warn(`A visit was not recorded: ${messageOf(error)}`);
    }
  }
}

/** Scripts of embeds fetch: they have not all headers of a browser that opens a page. */
function isProgram({ headers }: Pick<ClickRequest, 'headers'>, visited: Visited): boolean {
  const isFetch = headers['sec-fetch-mode'] === 'cors' || headers['sec-fetch-dest'] === 'iframe' || visited !== 'visit';
  return isPrefetch(headers) || isbot(headers['user-agent'] ?? '') || (!isFetch && !hasBrowserHeaders(headers));
}
