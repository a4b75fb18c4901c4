export { MailTransport, type Envelope, type SubmissionHooks } from './mail-transport.adapter.js';
export {
  isAboutRelay,
  outcomeOfConnectionLoss,
  internalFailure,
  LeaseExpired,
  type SubmissionOutcome,
  type RefusalAbout,
} from './submission-outcome.js';
export { probe, serverOf, SMTP_TIMEOUTS, SmtpTransport } from './smtp-transport.adapter.js';
export type { SmtpServer, SmtpTimeouts, TlsMode } from './smtp-channel.adapter.js';
export { DkimSigner, type DkimKey, type SigningKey } from './dkim-signer.service.js';
export { type LogReading, PostfixLog } from './postfix-log.adapter.js';
export type { LogFinding } from './postfix-log.js';
export { SystemMailer } from './system-mailer.service.js';
export { MailerModule } from './mailer.module.js';
export { withCrlf } from './line-ends.js';
export { InboundSmtp, type InboundDelivery, type InboundOutcome } from './inbound/inbound-smtp.adapter.js';
export type { InboundReport } from './inbound/inbound-report.js';
export { isAbsenceSubject } from './inbound/absence-subject.js';
export { classifyInbound } from './inbound/report-task.js';
export { type MailToForward, readForForwarding } from './inbound/forwarded-mail.js';
export { classifyBounce, statusOf } from './inbound/bounce-classification.js';
export { withoutPersonalData } from './inbound/personal-data.js';
export { ImapMailbox, recipientsOf } from './inbound/imap-mailbox.adapter.js';
