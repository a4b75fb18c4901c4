import { defineTask } from '#subprocess';
import type { InboundReport, ReceivedMail } from './inbound-report.js';

const READ_REPORT = defineTask<ReceivedMail, InboundReport>({
  name: 'mailer.read-report',
  worker: new URL('./report-task.worker.js', import.meta.url),
  load: () => import('./report-task.worker.js'),
  limits: { cpuMs: 3_000, memoryMb: 384 },
  processes: 1,
  maxWaiting: 20,
});

/**
 * Bytes of a mail that are read. Reports are at the beginning (RFC 6522: text,
 * report, returned message), and so is the text of a person. A mail of 19 MB
 * took more than the three seconds of its limit, and 50 of them all of the
 * queue.
 */
const READ_BYTES = 512 * 1024;

/**
 * Classifies a mail to a return address by its beginning, in a subprocess; see
 * `readReport`.
 * @throws TaskLimitError, TaskBusyError if too many wait, or Error if the mail
 *   exceeds the limits of the parser.
 */
export function classifyInbound({ raw, from }: ReceivedMail): Promise<InboundReport> {
  return READ_REPORT.run({ raw: raw.subarray(0, READ_BYTES), from });
}
