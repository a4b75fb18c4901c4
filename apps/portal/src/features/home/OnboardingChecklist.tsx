import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { OnboardingView } from '#contracts';
import { Checklist } from '../../shared/Checklist';
import { useCan } from '../../shared/session';
import { useHideOnboarding, useOnboarding } from './api';

type StepKey = OnboardingView['steps'][number]['key'];

/** Where each step is done. The first launch begins with a campaign of this screen. */
const SCREENS: Readonly<Record<Exclude<StepKey, 'launch'>, string>> = {
  brand: '/brand',
  sender: '/sending',
  contacts: '/contacts/import',
  terms: '/vendors',
};

/** What a new partner does before its first launch. Nothing once all is done. */
export function OnboardingChecklist() {
  const { t } = useTranslation();
  const canLaunch = useCan()('activations.launch');
  const onboarding = useOnboarding();
  const hide = useHideOnboarding();
  if (onboarding.data === undefined) return null;
  const { steps, isHidden } = onboarding.data;
  if (isHidden || steps.every(({ isDone }) => isDone)) return null;
  return (
    <Checklist
      title={t('onboarding.title')}
      hide={canLaunch ? { text: t('onboarding.hideText'), onHide: hide } : undefined}
      steps={steps.map(({ key, isDone }) => ({
        key,
        isDone,
        title: t(`onboarding.steps.${key}.title`),
        text: t(`onboarding.steps.${key}.text`),
        action: key !== 'launch' && (
          <Button component={Link} to={SCREENS[key]} variant="default" size="xs">
            {t(`onboarding.steps.${key}.action`)}
          </Button>
        ),
      }))}
    />
  );
}
