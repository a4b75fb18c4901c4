import {
  IconAddressBook,
  IconBan,
  IconBuildingFactory2,
  IconBuildingStore,
  IconCalendarEvent,
  IconCalendarOff,
  IconChartBar,
  IconFileCheck,
  IconHistory,
  IconHome,
  IconKey,
  IconListCheck,
  IconListDetails,
  IconMail,
  IconMailbox,
  IconMailForward,
  IconNews,
  IconPalette,
  IconPhoto,
  IconRocket,
  IconSend,
  IconServer2,
  IconSettings,
  IconShieldCheck,
  IconStairsUp,
  IconSpeakerphone,
  IconTargetArrow,
  IconUserShield,
  IconUsers,
  IconUsersGroup,
  IconWebhook,
} from '@tabler/icons-react';

const PARTNER = [
  { to: '/', label: 'nav.home', icon: IconHome, needs: 'offers.read' },
  { to: '/activations', label: 'nav.activations', icon: IconRocket, needs: 'activations.read' },
  { to: '/library', label: 'nav.library', icon: IconPhoto, needs: 'library.read' },
  { to: '/posts', label: 'nav.posts', icon: IconSend, needs: 'activations.read' },
  { to: '/leads', label: 'nav.leads', icon: IconTargetArrow, needs: 'leads.read' },
  { to: '/contacts', label: 'nav.contacts', icon: IconAddressBook, needs: 'contacts.read' },
  { to: '/results', label: 'nav.results', icon: IconChartBar, needs: 'activations.read' },
] as const;

const VENDOR = [
  { to: '/', label: 'nav.home', icon: IconHome, needs: 'campaigns.read' },
  { to: '/campaigns', label: 'nav.campaigns', icon: IconSpeakerphone, needs: 'campaigns.read' },
  { to: '/asset-library', label: 'nav.library', icon: IconPhoto, needs: 'assets.read' },
  { to: '/campaign-results', label: 'nav.results', icon: IconChartBar, needs: 'vendor-insight.read' },
  { to: '/partners', label: 'nav.partners', icon: IconBuildingStore, needs: 'partners.read' },
  { to: '/newsletters', label: 'nav.newsletters', icon: IconNews, needs: 'programme.read' },
  { to: '/shared-leads', label: 'nav.sharedLeads', icon: IconTargetArrow, needs: 'disclosures.read' },
] as const;

/** Screens that are reached from the entry `under`. */
const VENDOR_PAGES = [
  { to: '/plan', label: 'nav.plan', icon: IconCalendarEvent, needs: 'campaigns.read', under: '/campaigns' },
] as const;

const PARTNER_SETTINGS = [
  { to: '/brand', label: 'nav.brand', icon: IconPalette, needs: 'brand.read', group: 'people', text: 'brand' },
  { to: '/team', label: 'nav.team', icon: IconUsers, needs: 'partner-team.read', group: 'people', text: 'team' },
  {
    to: '/vendors',
    label: 'nav.vendors',
    icon: IconBuildingFactory2,
    needs: 'offers.read',
    group: 'people',
    text: 'vendors',
  },
  { to: '/sending', label: 'nav.sending', icon: IconMail, needs: 'brand.read', group: 'sending', text: 'sending' },
  {
    to: '/calendar',
    label: 'nav.calendar',
    icon: IconCalendarOff,
    needs: 'activations.read',
    group: 'sending',
    text: 'calendar',
  },
  {
    to: '/suppressions',
    label: 'nav.suppressions',
    icon: IconBan,
    needs: 'contacts.read',
    group: 'privacy',
    text: 'suppressions',
  },
  {
    to: '/privacy',
    label: 'nav.privacy',
    icon: IconUserShield,
    needs: 'contacts.read',
    group: 'privacy',
    text: 'privacy',
  },
  { to: '/audit', label: 'nav.audit', icon: IconHistory, needs: 'partner-audit.read', group: 'privacy', text: 'audit' },
  { to: '/api-keys', label: 'nav.keys', icon: IconKey, needs: 'partner-keys.edit', group: 'developers', text: 'keys' },
  {
    to: '/webhooks',
    label: 'nav.webhooks',
    icon: IconWebhook,
    needs: 'partner-webhooks.edit',
    group: 'developers',
    text: 'webhooks',
  },
] as const;

const VENDOR_SETTINGS = [
  {
    to: '/brand-kit',
    label: 'nav.brandKit',
    icon: IconPalette,
    needs: 'brand-kit.read',
    group: 'people',
    text: 'brandKit',
  },
  { to: '/team', label: 'nav.team', icon: IconUsers, needs: 'vendor-team.read', group: 'people', text: 'team' },
  {
    to: '/partner-groups',
    label: 'nav.groups',
    icon: IconUsersGroup,
    needs: 'programme.read',
    group: 'people',
    text: 'groups',
  },
  {
    to: '/old-contents',
    label: 'nav.oldContents',
    icon: IconListCheck,
    needs: 'programme.read',
    group: 'people',
    text: 'oldContents',
  },
  {
    to: '/partner-attributes',
    label: 'nav.partnerAttributes',
    icon: IconListDetails,
    needs: 'partners.read',
    group: 'people',
    text: 'partnerAttributes',
  },
  {
    to: '/programme-terms',
    label: 'nav.programmeTerms',
    icon: IconFileCheck,
    needs: 'partners.read',
    group: 'people',
    text: 'programmeTerms',
  },
  {
    to: '/onboarding-reminders',
    label: 'nav.onboardingReminders',
    icon: IconMailForward,
    needs: 'programme.read',
    group: 'people',
    text: 'onboardingReminders',
  },
  {
    to: '/partner-tiers',
    label: 'nav.partnerTiers',
    icon: IconStairsUp,
    needs: 'partners.read',
    group: 'people',
    text: 'partnerTiers',
  },
  {
    to: '/partner-sending',
    label: 'nav.partnerSending',
    icon: IconMail,
    needs: 'partners.read',
    group: 'sending',
    text: 'partnerSending',
  },
  { to: '/relays', label: 'nav.relays', icon: IconServer2, needs: 'relays.edit', group: 'sending', text: 'relays' },
  {
    to: '/mail-providers',
    label: 'nav.providers',
    icon: IconMailbox,
    needs: 'provider-sources.edit',
    group: 'sending',
    text: 'providers',
  },
  { to: '/opt-outs', label: 'nav.optOuts', icon: IconBan, needs: 'partners.edit', group: 'privacy', text: 'optOuts' },
  { to: '/audit', label: 'nav.audit', icon: IconHistory, needs: 'vendor-audit.read', group: 'privacy', text: 'audit' },
  { to: '/api-keys', label: 'nav.keys', icon: IconKey, needs: 'vendor-keys.edit', group: 'developers', text: 'keys' },
  {
    to: '/webhooks',
    label: 'nav.webhooks',
    icon: IconWebhook,
    needs: 'vendor-webhooks.edit',
    group: 'developers',
    text: 'webhooks',
  },
  {
    to: '/signing-keys',
    label: 'nav.signing',
    icon: IconShieldCheck,
    needs: 'vendor-keys.edit',
    group: 'developers',
    text: 'signing',
  },
] as const;

export type Kind = 'vendor' | 'partner';
export type Setting = (typeof PARTNER_SETTINGS | typeof VENDOR_SETTINGS)[number];
type Below = (typeof VENDOR_PAGES)[number];
export type Place = (typeof PARTNER | typeof VENDOR)[number] | Below | Setting;

export const SETTINGS = { to: '/settings', label: 'nav.settings', icon: IconSettings } as const;
export const SETTING_GROUPS = ['people', 'sending', 'privacy', 'developers'] as const;

/** Entries of the main menu besides the settings: daily work. */
export const menuOf = (kind: Kind): readonly Place[] => (kind === 'vendor' ? VENDOR : PARTNER);
/** Screens below entries of the main menu that have a name of their own. */
export const pagesOf = (kind: Kind): readonly Below[] => (kind === 'vendor' ? VENDOR_PAGES : []);
/** Screens that are used once in a while. */
export const settingsOf = (kind: Kind): readonly Setting[] => (kind === 'vendor' ? VENDOR_SETTINGS : PARTNER_SETTINGS);

/** Whether a path is that of a place, or of a screen below it. */
export function isHere(path: string, to: string, kind: Kind): boolean {
  if (to === '/') return path === '/' || (kind === 'partner' && path.startsWith('/offers'));
  const isBelow = pagesOf(kind).some((page) => page.under === to && isHere(path, page.to, kind));
  return isBelow || path === to || path.startsWith(`${to}/`);
}
