import type { OrganisationId } from '#kernel';
import type { MailBrand } from './mail-template.js';

/** An organisation's look in mails that the product sends in its name. */
export interface MailLook {
  readonly colours: MailBrand['colours'];
  /** A PNG in the store; null if it has none. Sizes in CSS pixels. */
  readonly logo: {
    readonly hash: string;
    readonly width: number;
    readonly height: number;
    readonly border: number;
  } | null;
}

/**
 * Finds the look of an organisation's mails. A Nest token: identity, which
 * sends them, may not import brand, which has the looks.
 */
export abstract class MailBrands {
  /**
   * Joins the open transaction.
   * @returns null: the organisation has none, and gets the product's.
   */
  abstract find(organisationId: OrganisationId): Promise<MailLook | null>;
}
