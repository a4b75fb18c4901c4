import { type InboundReport, readReport } from './inbound-report.js';

/** Parses a mail in this process, which can be killed. */
export function run(raw: Buffer): Promise<InboundReport> {
  return readReport(raw);
}
