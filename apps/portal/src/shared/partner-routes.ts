import type { z } from 'zod';
import type {
  AttributesForVendors,
  AttributesOfPartner,
  PartnerAttributes,
  PartnerAttributeView,
  PartnerImportView,
  PartnerActivity,
  PartnerOverview,
} from '#contracts';

/** Routes of attributes and imports of partners, for vendor and partner. Part of `Routes`. */
export interface PartnerRoutes {
  'GET /partner-attributes': z.output<typeof PartnerAttributes>;
  'POST /partner-attributes': PartnerAttributeView;
  'PUT /partner-attributes/:attributeId': PartnerAttributeView;
  'DELETE /partner-attributes/:attributeId': undefined;
  'GET /partners/:partnerId/attributes': z.output<typeof AttributesOfPartner>;
  'GET /partners/:partnerId/activity': PartnerActivity;
  'GET /partners/:partnerId/overview': PartnerOverview;
  'PATCH /partners/:partnerId/attributes': z.output<typeof AttributesOfPartner>;
  'POST /partners/import/preview': PartnerImportView;
  'POST /partners/import': PartnerImportView;
  'GET /vendor-attributes': z.output<typeof AttributesForVendors>;
  'PATCH /vendor-attributes': z.output<typeof AttributesForVendors>;
}
