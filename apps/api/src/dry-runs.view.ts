import type { SampleDryRun } from '#campaigns';
import type { DryRunView, ForeseenPersonView, SampleDryRunView } from '#contracts';
import { type DryRun, type ForeseenPerson, reasonSentence } from '#sequences';

const why = (reason: string): { reason: string; sentence: string } => ({ reason, sentence: reasonSentence(reason) });

export const dryRunView = ({
  startAt,
  until,
  timeZone,
  total,
  reached,
  later,
  steps,
  days,
  zones,
}: DryRun): DryRunView => ({
  ...{ startAt: startAt.toISOString(), until: until.toISOString(), timeZone, total, reached, later },
  steps: steps.map(({ stepKey, kind, done, first, last, reasons, waits }) => ({
    ...{ stepKey, kind, willGet: done, first: first?.toISOString() ?? null, last: last?.toISOString() ?? null },
    skipped: [...reasons].map(([reason, count]) => ({ ...why(reason), count })),
    delayed: [...waits].map(([reason, count]) => ({ ...why(reason), count })),
  })),
  days: days.map((day) => ({ ...day })),
  zones: [...zones].map(([source, count]) => ({ source, count })),
});

export const foreseenPersonView = (person: ForeseenPerson): ForeseenPersonView => ({
  contactId: person.contact.id,
  email: person.contact.email,
  name: [person.contact.firstName, person.contact.lastName].filter((part) => part !== null).join(' '),
  ...{ locale: person.locale, timeZone: person.zone, timeZoneSource: person.zoneSource, end: person.end },
  steps: person.steps.map(({ reason, at, waits, ...step }) => ({
    ...step,
    at: at.toISOString(),
    waits: waits.map((wait) => ({ ...why(wait.reason), since: wait.since.toISOString() })),
    why: reason === null || reason === 'sent' ? null : why(reason),
  })),
});

export const sampleDryRunView = ({ startAt, until, samples }: SampleDryRun): SampleDryRunView => ({
  ...{ startAt: startAt.toISOString(), until: until.toISOString() },
  samples: samples.map(({ contact, steps, end, lead }) => ({
    ...{ name: contact.name, timeZone: contact.timeZone, end },
    steps: steps.map(({ step, round, at, skip }) => ({
      ...{ stepKey: step.key, kind: step.kind, round, at: at.toISOString() },
      why: skip === null ? null : why(skip),
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
