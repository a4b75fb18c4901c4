import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { OrganisationId } from '#kernel';
import { MailBrands, type MailLook } from '#rendering';
import { type KitLogo, mailLookOf } from './brand-kit.js';
import type { Hex } from './contrast.js';

/** The look of mails in a vendor's name, from its brand kit. */
@Injectable()
export class KitMailBrands extends MailBrands {
  constructor(private readonly database: Database) {
    super();
  }

  async find(organisationId: OrganisationId): Promise<MailLook | null> {
    const [kit] = await this.database.query<{ primaryColour: Hex | null; mailImage: KitLogo['mailImage'] | null }>(
      `SELECT k.primary_colour, l.mail_image FROM brand.brand_kit k LEFT JOIN brand.kit_logo l ON l.id = k.logo_id
       WHERE k.vendor_id = $1`,
      [organisationId],
    );
    return kit === undefined ? null : mailLookOf(kit.primaryColour, kit.mailImage);
  }
}
