export {
  may,
  requirePermission,
  VENDOR_PERMISSIONS,
  PARTNER_PERMISSIONS,
  type Permission,
  type VendorPermission,
  type PartnerPermission,
} from './permissions.js';
