import {
  Anchor,
  AppShell as Shell,
  Badge,
  Burger,
  Group,
  NavLink,
  ScrollArea,
  Stack,
  Text,
  UnstyledButton,
} from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { IconChevronLeft } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, Outlet, useLocation } from 'react-router';
import { Confirmations } from '../shared/Confirmations';
import { AccountMenu } from './AccountMenu';
import { NotificationsMenu } from './NotificationsMenu';
import { SearchButton } from './SearchButton';
import { useCan, useSession } from '../shared/session';
import { adoptLanguage } from '../shared/i18n';
import { setDateFormat } from '../shared/user-locale';
import { ForbiddenScreen } from './ForbiddenScreen';
import { IdentityConfirmation } from './IdentityConfirmation';
import { isHere, type Kind, menuOf, SETTINGS, settingsOf } from './menu';
import { SessionEnded } from './SessionEnded';

const SECURITY = '/security';

/** Header and navigation around every screen of a signed-in user. */
export function AppShell() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const { organisation, isSample, lacksSecondFactor } = useSession();
  usePreferences();
  const can = useCan();
  const [opened, { toggle, close }] = useDisclosure(false);
  useEffect(close, [pathname, close]);
  useHotkeys([['Escape', close]]);
  const kind = organisation?.kind === 'vendor' ? 'vendor' : 'partner';
  const setting = settingsOf(kind).find(({ to }) => isHere(pathname, to, kind));
  const place = setting ?? menuOf(kind).find(({ to }) => isHere(pathname, to, kind));
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
            <Burger
              opened={opened}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={t('nav.menu')}
              aria-expanded={opened}
            />
            <HomeLink />
          </Group>
          <Group gap="xs" wrap="nowrap">
            {!lacksSecondFactor && organisation !== null && <SearchButton kind={kind} />}
            {!lacksSecondFactor && organisation !== null && <NotificationsMenu />}
            <AccountMenu />
          </Group>
        </Group>
      </Shell.Header>
      <Shell.Navbar p="sm">
        <Navigation kind={kind} />
      </Shell.Navbar>
      <Shell.Main id="content">
        {isSample && (
          <Badge variant="light" color="gray" tt="none" fw={500} mb="sm" role="note">
            {t('nav.sample')}
          </Badge>
        )}
        {setting !== undefined && <ToSettings />}
        <Confirmations>{isForbidden ? <ForbiddenScreen /> : <Outlet />}</Confirmations>
      </Shell.Main>
      <IdentityConfirmation />
      <SessionEnded />
    </Shell>
  );
}

/** Applies the language and date format of the account to all screens. */
function usePreferences(): void {
  const { user, countryCode } = useSession();
  const { locale, region, weekStartsOn } = user;
  useEffect(() => setDateFormat({ region, weekStartsOn, countryCode }), [region, weekStartsOn, countryCode]);
  useEffect(() => void adoptLanguage(locale), [locale]);
}

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

/** The way back from a setting to all of them. */
function ToSettings() {
  const { t } = useTranslation();
  return (
    <Anchor component={Link} to={SETTINGS.to} size="sm" display="inline-block" mb="sm">
      <Group gap={4} wrap="nowrap">
        <IconChevronLeft size={16} aria-hidden />
        {t('nav.allSettings')}
      </Group>
    </Anchor>
  );
}

/** Links to the screens that the user can see; settings are one entry. */
function Navigation({ kind }: { readonly kind: Kind }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const can = useCan();
  const settings = settingsOf(kind).filter(({ needs }) => can(needs));
  const isSetting = [SETTINGS, ...settings].some(({ to }) => isHere(pathname, to, kind));
  const entries = menuOf(kind)
    .filter(({ needs }) => can(needs))
    .map((place) => ({ ...place, isHere: isHere(pathname, place.to, kind) }));
  return (
    <Shell.Section grow component={ScrollArea}>
      <Stack gap={2} component="nav" aria-label={t('nav.label')}>
        {[...entries, ...(settings.length === 0 ? [] : [{ ...SETTINGS, isHere: isSetting }])].map(
          ({ to, label, icon: Sign, isHere: isActive }) => (
            <NavLink
              key={to}
              component={Link}
              to={to}
              label={t(label)}
              leftSection={<Sign size={20} stroke={1.6} aria-hidden />}
              active={isActive}
              {...(isActive ? { 'aria-current': 'page' as const } : {})}
              style={{ borderRadius: 'var(--mantine-radius-md)' }}
            />
          ),
        )}
      </Stack>
    </Shell.Section>
  );
}
