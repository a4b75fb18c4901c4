import { useQuery } from '@tanstack/react-query';
import type { OnboardingReminderSettings, OnboardingReminderState } from '#contracts';
import { usePages } from '../../shared/pages';
import { basedOn, get, request } from '../../shared/request';

export const reminderKeys = {
  /** Settings of the vendor's reminders, and their effect. */
  settings: ['onboarding-reminders'],
  /** Partners by whether they may get another one. */
  partners: ['onboarding-reminder-partners'],
} as const;

export const useOnboardingReminders = () =>
  useQuery({ queryKey: reminderKeys.settings, queryFn: get('/onboarding-reminders') });

export const saveOnboardingReminders = (version: string, body: OnboardingReminderSettings) =>
  request('PUT /onboarding-reminders', { body, headers: basedOn(version) });

/** @param state null: all partners that became due. */
export const useReminderPartners = (state: OnboardingReminderState | null) =>
  usePages({
    queryKey: [...reminderKeys.partners, state],
    route: 'GET /onboarding-reminders/partners',
    query: new URLSearchParams({ limit: '50', ...(state === null ? {} : { state }) }),
  });
