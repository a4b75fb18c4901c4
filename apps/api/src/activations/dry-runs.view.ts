import type { SampleDryRun } from '#campaigns';
import type { DryRunView, ForecastContactView, ProgrammeDryRunView, SampleDryRunView } from '#contracts';
import {
  type DateForecast,
  type DryRunSoFar,
  type SimulatedContact,
  type ProgrammeDryRunState,
  reasonSentence,
  vendorReasonSentence,
} from '#sequences';

const why = (reason: string): { reason: string; sentence: string } => ({ reason, sentence: reasonSentence(reason) });

const whyForVendor = (reason: string): { reason: string; sentence: string } => ({
  reason,
  sentence: vendorReasonSentence(reason),
});

const countsOf = (counts: ReadonlyMap<string, number>) =>
  [...counts].map(([reason, count]) => ({ ...why(reason), count }));

const waitView = ({ reason, since }: { readonly reason: string; readonly since: Date }) => ({
  ...why(reason),
  since: since.toISOString(),
});

export const dryRunView = (
  { run, asOf, isCurrent, isComplete, progress }: DryRunSoFar,
  byDate: readonly DateForecast[],
): DryRunView => ({
  asOf: asOf.toISOString(),
  isCurrent,
  isComplete,
  progress: { ...progress },
  startAt: run.startAt.toISOString(),
  until: run.until.toISOString(),
  timeZone: run.timeZone,
  total: run.total,
  reached: run.reached,
  later: run.later,
  steps: run.steps.map(({ stepKey, kind, done, first, last, reasons, waits }) => ({
    stepKey,
    kind,
    willGet: done,
    first: first?.toISOString() ?? null,
    last: last?.toISOString() ?? null,
    skipped: countsOf(reasons),
    delayed: countsOf(waits),
  })),
  byDate: byDate.map((one) => ({ ...one })),
  days: run.days.map((day) => ({ ...day })),
  zones: [...run.zones].map(([source, count]) => ({ source, count })),
});

export const forecastContactView = (person: SimulatedContact): ForecastContactView => ({
  contactId: person.contact.id,
  email: person.contact.email,
  name: [person.contact.firstName, person.contact.lastName].filter((part) => part !== null).join(' '),
  locale: person.locale,
  timeZone: person.zone,
  timeZoneSource: person.zoneSource,
  end: person.end,
  steps: person.steps.map(({ reason, at, waits, ...step }) => ({
    ...step,
    at: at.toISOString(),
    waits: waits.map(waitView),
    why: reason === null || reason === 'sent' ? null : why(reason),
  })),
});

export const sampleDryRunView = ({ startAt, until, samples }: SampleDryRun): SampleDryRunView => ({
  startAt: startAt.toISOString(),
  until: until.toISOString(),
  samples: samples.map(({ contact, steps, end, lead }) => ({
    name: contact.name,
    timeZone: contact.timeZone,
    end,
    steps: steps.map(({ step, round, at, skip, moves }) => ({
      stepKey: step.key,
      kind: step.kind,
      round,
      at: at.toISOString(),
      why: skip === null ? null : whyForVendor(skip),
      waits: moves.map(waitView),
    })),
    lead:
      lead === null
        ? null
        : {
            at: lead.at.toISOString(),
            reminder: lead.reminder.toISOString(),
            escalation: lead.escalation.toISOString(),
          },
  })),
});

export const programmeDryRunView = ({ forecast, obstacle, budget }: ProgrammeDryRunState): ProgrammeDryRunView => ({
  forecast:
    forecast === null
      ? null
      : {
          requestedAt: forecast.requestedAt.toISOString(),
          readyAt: forecast.readyAt.toISOString(),
          run: forecast.result === null ? null : forecastView(forecast.result),
        },
  obstacle,
  budget: { perYear: budget.perYear, left: budget.left, nextAt: budget.nextAt?.toISOString() ?? null },
});

type Result = NonNullable<NonNullable<ProgrammeDryRunState['forecast']>['result']>;

const forecastView = ({ run, margin, smallest }: Result) => ({
  margin,
  smallest,
  total: run.total,
  reached: run.reached,
  steps: run.steps.map(({ stepKey, kind, done }) => ({ stepKey, kind, willGet: done })),
  skipped: [...run.reasons].map(([reason, count]) => ({ ...whyForVendor(reason), count })),
});
