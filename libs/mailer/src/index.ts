export { MailTransport, type Envelope, type HandOver, type HandOverHooks } from './mail-transport.adapter.js';
export { SmtpTransport, type SmtpOptions } from './smtp-transport.adapter.js';
export { SystemMailer } from './system-mailer.service.js';
export { MailerModule, type MailerOptions } from './mailer.module.js';
