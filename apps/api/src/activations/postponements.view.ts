import type { PostponementOutlook } from '#contracts';
import type { PostponementPreview } from '#sequences';

export const postponementView = ({
  activation,
  number,
  from,
  until,
  waiting,
  steps,
}: PostponementPreview): PostponementOutlook => ({
  number,
  from: from.toISOString(),
  until: until.toISOString(),
  timeZone: activation.timeZone,
  waiting: waiting.map(({ stepKey, kind, later, stay, passed, firstAt }) => ({
    stepKey,
    kind,
    later,
    stay,
    passed,
    firstAt: firstAt?.toISOString() ?? null,
  })),
  steps: steps.map(({ step: { key, kind }, before, after }) => ({
    stepKey: key,
    kind,
    before: before.toISOString(),
    after: after?.toISOString() ?? null,
  })),
});
