import { defineTask } from '#subprocess';
import type { InboundReport, ReceivedMail } from './inbound-report.js';

const READ_REPORT = defineTask<ReceivedMail, InboundReport>({
  name: 'mailer.read-report',
  worker: new URL('./report-task.worker.js', import.meta.url),
  load: () => import('./report-task.worker.js'),
  limits: { cpuMs: 3_000, memoryMb: 384 },
  processes: 1,
});

/**
 * Classifies a mail to a return address in a subprocess; see `readReport`.
 * @throws TaskLimitError, or Error if the mail exceeds the limits of the parser.
 */
export function classifyInbound({ raw, from }: ReceivedMail): Promise<InboundReport> {
  return READ_REPORT.run({ raw, from });
}
