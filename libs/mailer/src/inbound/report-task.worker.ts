import { type InboundReport, readReport, type ReceivedMail } from './inbound-report.js';

/** Parses a mail in this process, which can be killed. */
export function run(mail: ReceivedMail): Promise<InboundReport> {
  return readReport(mail);
}
