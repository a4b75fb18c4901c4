import { Avatar, Group, Menu, Text, UnstyledButton, useMantineColorScheme, VisuallyHidden } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import {
  IconCheck,
  IconChevronDown,
  IconDeviceDesktop,
  IconLogout,
  IconMoon,
  IconShieldLock,
  IconSun,
  IconUserCircle,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { ApiProblem } from '../shared/api';
import { useProblemNotice } from '../shared/problem-notice';
import { LANGUAGES, changeLanguage } from '../shared/i18n';
import { useStartSession, useSession } from '../shared/session';
import { saveProfile } from '../shared/requests';
import { signOut, switchOrganisation } from './api';

const SCHEMES = [
  { value: 'light', icon: IconSun },
  { value: 'dark', icon: IconMoon },
  { value: 'auto', icon: IconDeviceDesktop },
] as const;

/** A session that has already ended counts as signed out. */
async function endSession(): Promise<void> {
  try {
    await signOut();
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.problem.status !== 401) throw error;
  }
}

/**
 * Shows any user their name, organisation, language and colour scheme, and
 * signs them out.
 */
export function AccountMenu() {
  const { t } = useTranslation();
  const signOut = useSignOut();
  return (
    <Menu position="bottom-end" width={270} shadow="md">
      <Menu.Target>
        <UnstyledButton>
          <CurrentUser />
          <VisuallyHidden>{t('account.menu')}</VisuallyHidden>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <OrganisationItems />
        <LanguageItems />
        <Menu.Divider />
        <ColourSchemeItems />
        <Menu.Divider />
        <Menu.Item component={Link} to="/account" leftSection={<IconUserCircle size={16} aria-hidden />}>
          {t('account.profile')}
        </Menu.Item>
        <Menu.Item component={Link} to="/security" leftSection={<IconShieldLock size={16} aria-hidden />}>
          {t('account.security')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => signOut.mutate()}>
          {t('account.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function useSignOut() {
  const startSession = useStartSession();
  const navigate = useNavigate();
  const notifyProblem = useProblemNotice();
  return useMutation({
    mutationFn: endSession,
    onError: notifyProblem,
    onSuccess: () => {
      startSession(null);
      void navigate('/');
    },
  });
}

/** Props of a menu item that is the current choice. */
function useChosenMark() {
  const { t } = useTranslation();
  return (on: boolean) => (on ? { rightSection: <IconCheck size={16} aria-label={t('account.chosen')} /> } : {});
}

/** Name of the user and of the organisation. */
function CurrentUser() {
  const { user, organisation } = useSession();
  return (
    <Group gap="xs" wrap="nowrap">
      <Avatar name={user.name} color="teal" variant="filled" size={34} aria-hidden />
      <div>
        <Text size="sm" fw={600} lh={1.2} lineClamp={1}>
          {organisation?.name}
        </Text>
        <Text size="xs" c="dimmed" lh={1.2} lineClamp={1}>
          {user.name}
        </Text>
      </div>
      <IconChevronDown size={16} aria-hidden />
    </Group>
  );
}

/** Switches to another organisation of the user. Nothing with only one. */
function OrganisationItems() {
  const { t } = useTranslation();
  const { organisation, organisations } = useSession();
  const startSession = useStartSession();
  const navigate = useNavigate();
  const notifyProblem = useProblemNotice();
  const chosenMark = useChosenMark();
  const change = useMutation({
    mutationFn: (organisationId: string) => switchOrganisation({ organisationId }),
    onSuccess: (session) => {
      void navigate('/');
      startSession(session);
    },
    onError: notifyProblem,
  });
  if (organisations.length <= 1) return null;
  return (
    <>
      <Menu.Label>{t('account.organisations')}</Menu.Label>
      {organisations.map(({ id, name }) => (
        <Menu.Item key={id} onClick={() => change.mutate(id)} {...chosenMark(id === organisation?.id)}>
          {name}
        </Menu.Item>
      ))}
      <Menu.Divider />
    </>
  );
}

function LanguageItems() {
  const { t, i18n } = useTranslation();
  // Mails to the person are in this language, too.
  const save = useMutation({ mutationFn: (language: string) => saveProfile({ language }) });
  const choose = (tag: string): void => {
    void changeLanguage(tag);
    save.mutate(tag);
  };
  const chosenMark = useChosenMark();
  return (
    <>
      <Menu.Label>{t('account.language')}</Menu.Label>
      {LANGUAGES.map(({ tag, name }) => (
        <Menu.Item key={tag} lang={tag} onClick={() => choose(tag)} {...chosenMark(i18n.language === tag)}>
          {name}
        </Menu.Item>
      ))}
    </>
  );
}

function ColourSchemeItems() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const chosenMark = useChosenMark();
  return (
    <>
      <Menu.Label>{t('account.light')}</Menu.Label>
      {SCHEMES.map(({ value, icon: Sign }) => (
        <Menu.Item
          key={value}
          leftSection={<Sign size={16} aria-hidden />}
          onClick={() => setColorScheme(value)}
          {...chosenMark(colorScheme === value)}
        >
          {t(`account.scheme.${value}`)}
        </Menu.Item>
      ))}
    </>
  );
}
