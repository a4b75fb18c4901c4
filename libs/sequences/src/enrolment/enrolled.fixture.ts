import type { RunningActivation } from '#activations';
import { type Locale, newId } from '#kernel';
import { NO_CHOICES, sequenceSchema } from '#sequencing';
import type { Enrolled } from './enrolment-states.service.js';

const EN = 'en' as Locale;
/** Wednesday, 10:00 UTC: inside the window of `aRunning`. */
export const NOW = new Date('2026-11-25T10:00:00Z');

/** An active activation of these steps, as `campaign.yaml` has them. */
export const aRunning = (steps: readonly Readonly<Record<string, unknown>>[]): RunningActivation => ({
  activation: {
    id: newId(),
    partnerId: newId(),
    vendorId: newId(),
    campaignId: newId(),
    versionId: newId(),
    lists: { include: [newId()], exclude: [] },
    staysOpen: false,
    status: 'active',
    statusReason: null,
    slug: 'kessler-1',
    locale: EN,
    timeZone: 'UTC',
    timeZoneSource: 'activation',
    startAt: NOW,
    slots: {},
    choices: NO_CHOICES,
    launchedBy: 'Jonas',
    launchedAt: NOW,
    enrolledAt: NOW,
    heldAt: null,
    postponements: [],
    endedAt: null,
    plannedEndAt: NOW,
    vendorStoppedAt: null,
    vendorStoppedBy: null,
    vendorStopReason: null,
    vendorHeldAt: null,
    recallId: null,
    vendorHeldBy: null,
    vendorHoldReason: null,
    edition: 1,
    editions: 1,
  },
  sequence: sequenceSchema.parse({
    window: { from: '09:00', to: '17:00', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'] },
    steps,
  }),
  locales: [EN],
  emails: [],
  notices: {},
  freePosts: [],
  landingPage: 'landing',
  versionLive: true,
  versionNumber: 1,
  testWinner: null,
  recalls: [],
  topic: 'security',
});

/** The same after an update: its second edition, with these steps. */
export const anUpdate = (
  before: RunningActivation,
  steps: readonly Readonly<Record<string, unknown>>[],
): RunningActivation => ({
  ...before,
  activation: { ...before.activation, edition: 2, editions: 2 },
  sequence: aRunning(steps).sequence,
  others: new Map([[1, before.sequence]]),
});

/** A contact that waits for a step and is due now. */
export const anEnrolled = (stepKey: string, changes: Partial<Enrolled> = {}): Enrolled => ({
  id: newId(),
  activationId: newId(),
  partnerId: newId(),
  contactId: newId(),
  state: 'waiting',
  stepKey,
  position: 0,
  round: 1,
  since: NOW,
  dueAt: NOW,
  timeZone: 'UTC',
  country: null,
  enrolledAt: NOW,
  entryKind: 'launch',
  edition: 1,
  arm: null,
  ...changes,
});
