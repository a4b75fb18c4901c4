import { AppShell as Shell, Burger, Group, NavLink, ScrollArea, Stack, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconAddressBook,
  IconBan,
  IconCalendarOff,
  IconHistory,
  IconHome,
  IconKey,
  IconMail,
  IconMailbox,
  IconPalette,
  IconRocket,
  IconSend,
  IconServer2,
  IconShieldCheck,
  IconSpeakerphone,
  IconTargetArrow,
  IconUserShield,
  IconUsers,
  IconUsersGroup,
  IconWebhook,
  IconBuildingFactory2,
  IconBuildingStore,
  IconChartBar,
  type Icon,
} from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, Outlet, useLocation } from 'react-router';
import { Confirmations } from '../shared/Confirmations';
import { AccountMenu } from './AccountMenu';
import { NewsMenu } from './NewsMenu';
import { useCan, useSession } from '../shared/session';
import { adoptLanguage } from '../shared/i18n';
import { setDateFormat } from '../shared/user-locale';
import { ForbiddenScreen } from './ForbiddenScreen';
import { IdentityConfirmation } from './IdentityConfirmation';
import { SessionEnded } from './SessionEnded';

const PARTNER = [
  { to: '/', label: 'nav.home', icon: IconHome, needs: 'offers.read' },
  { to: '/activations', label: 'nav.activations', icon: IconRocket, needs: 'activations.read' },
  { to: '/posts', label: 'nav.posts', icon: IconSend, needs: 'activations.read' },
  { to: '/results', label: 'nav.results', icon: IconChartBar, needs: 'activations.read' },
  { to: '/leads', label: 'nav.leads', icon: IconTargetArrow, needs: 'leads.read' },
  { to: '/contacts', label: 'nav.contacts', icon: IconAddressBook, needs: 'contacts.read' },
  { to: '/suppressions', label: 'nav.suppressions', icon: IconBan, needs: 'contacts.read' },
  { to: '/privacy', label: 'nav.privacy', icon: IconUserShield, needs: 'contacts.read' },
  { to: '/calendar', label: 'nav.calendar', icon: IconCalendarOff, needs: 'activations.read' },
  { to: '/brand', label: 'nav.brand', icon: IconPalette, needs: 'brand.read' },
  { to: '/vendors', label: 'nav.vendors', icon: IconBuildingFactory2, needs: 'offers.read' },
  { to: '/sending', label: 'nav.sending', icon: IconMail, needs: 'brand.read' },
  { to: '/team', label: 'nav.team', icon: IconUsers, needs: 'partner-team.read' },
  { to: '/api-keys', label: 'nav.keys', icon: IconKey, needs: 'partner-keys.edit' },
  { to: '/webhooks', label: 'nav.webhooks', icon: IconWebhook, needs: 'partner-webhooks.edit' },
  { to: '/audit', label: 'nav.audit', icon: IconHistory, needs: 'partner-audit.read' },
] as const;

const VENDOR = [
  { to: '/', label: 'nav.campaigns', icon: IconSpeakerphone, needs: 'campaigns.read' },
  { to: '/campaign-results', label: 'nav.results', icon: IconChartBar, needs: 'vendor-activations.read' },
  { to: '/partners', label: 'nav.partners', icon: IconBuildingStore, needs: 'partners.read' },
  { to: '/partner-groups', label: 'nav.groups', icon: IconUsersGroup, needs: 'partners.read' },
  { to: '/partner-sending', label: 'nav.partnerSending', icon: IconMail, needs: 'partners.read' },
  { to: '/shared-leads', label: 'nav.sharedLeads', icon: IconTargetArrow, needs: 'disclosures.read' },
  { to: '/opt-outs', label: 'nav.optOuts', icon: IconBan, needs: 'partners.edit' },
  { to: '/team', label: 'nav.team', icon: IconUsers, needs: 'vendor-team.read' },
  { to: '/api-keys', label: 'nav.keys', icon: IconKey, needs: 'vendor-keys.edit' },
  { to: '/relays', label: 'nav.relays', icon: IconServer2, needs: 'relays.edit' },
  { to: '/mail-providers', label: 'nav.providers', icon: IconMailbox, needs: 'provider-sources.edit' },
  { to: '/webhooks', label: 'nav.webhooks', icon: IconWebhook, needs: 'vendor-webhooks.edit' },
  { to: '/signing-keys', label: 'nav.signing', icon: IconShieldCheck, needs: 'vendor-keys.edit' },
  { to: '/audit', label: 'nav.audit', icon: IconHistory, needs: 'vendor-audit.read' },
] as const;

const SECURITY = '/security';

function isHere(path: string, to: string, kind: 'vendor' | 'partner'): boolean {
  if (to === '/') return path === '/' || path.startsWith(kind === 'vendor' ? '/campaigns' : '/offers');
  return path === to || path.startsWith(`${to}/`);
}

/** Header and navigation around every screen of a signed-in user. */
export function AppShell() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const { organisation, lacksSecondFactor } = useSession();
  usePreferences();
  const can = useCan();
  const [opened, { toggle, close }] = useDisclosure(false);
  useEffect(close, [pathname, close]);
  const kind = organisation?.kind === 'vendor' ? 'vendor' : 'partner';
  const place = placesOf(kind).find(({ to }) => isHere(pathname, to, kind));
  const isForbidden = place !== undefined && !can(place.needs);
  // The API answers nothing else until the person has a second factor.
  if (lacksSecondFactor && pathname !== SECURITY) return <Navigate to={SECURITY} replace />;
  return (
    <Shell
      header={{ height: 60 }}
      navbar={{ width: 236, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={{ base: 'md', sm: 'xl' }}
    >
      <a href="#content" className="skip-link">
        {t('nav.skip')}
      </a>
      <Shell.Header px="md">
        <Group h="100%" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t('nav.menu')} />
            <HomeLink />
          </Group>
          <Group gap="xs" wrap="nowrap">
            {!lacksSecondFactor && organisation !== null && <NewsMenu />}
            <AccountMenu />
          </Group>
        </Group>
      </Shell.Header>
      <Shell.Navbar p="sm">
        <Navigation kind={kind} />
      </Shell.Navbar>
      <Shell.Main id="content">
        <Confirmations>{isForbidden ? <ForbiddenScreen /> : <Outlet />}</Confirmations>
      </Shell.Main>
      <IdentityConfirmation />
      <SessionEnded />
    </Shell>
  );
}

/** Applies the language and date format of the account to all screens. */
function usePreferences(): void {
  const { locale, region, weekStartsOn } = useSession().user;
  useEffect(() => setDateFormat({ region, weekStartsOn }), [region, weekStartsOn]);
  useEffect(() => void adoptLanguage(locale), [locale]);
}

type Kind = 'vendor' | 'partner';

interface Place {
  readonly to: string;
  readonly label: (typeof PARTNER | typeof VENDOR)[number]['label'];
  readonly icon: Icon;
  readonly needs: string;
}

const placesOf = (kind: Kind): readonly Place[] => (kind === 'vendor' ? VENDOR : PARTNER);

/** The logo, as a link to the home screen. */
function HomeLink() {
  return (
    <UnstyledButton component={Link} to="/" aria-label="Throughline">
      <Group gap={10} wrap="nowrap">
        <img src="/favicon.svg" width={28} height={28} alt="" />
        <Text fw={700} visibleFrom="xs">
          Throughline
        </Text>
      </Group>
    </UnstyledButton>
  );
}

/** Links to the screens that the user can see. */
function Navigation({ kind }: { readonly kind: Kind }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const can = useCan();
  return (
    <Shell.Section grow component={ScrollArea}>
      <Stack gap={2} component="nav" aria-label={t('nav.label')}>
        {placesOf(kind)
          .filter(({ needs }) => can(needs))
          .map(({ to, label, icon: Sign }) => (
            <NavLink
              key={to}
              component={Link}
              to={to}
              label={t(label)}
              leftSection={<Sign size={20} stroke={1.6} aria-hidden />}
              active={isHere(pathname, to, kind)}
              {...(isHere(pathname, to, kind) ? { 'aria-current': 'page' as const } : {})}
              style={{ borderRadius: 'var(--mantine-radius-md)' }}
            />
          ))}
      </Stack>
    </Shell.Section>
  );
}
