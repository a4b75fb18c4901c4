import { type DynamicModule, Module } from '@nestjs/common';
import { type DkimKey, DkimSigner } from './dkim-signer.service.js';
import { MailTransport } from './mail-transport.adapter.js';
import { type SmtpOptions, SmtpTransport } from './smtp-transport.adapter.js';
import { SYSTEM_SENDER, SystemMailer, type SystemSender } from './system-mailer.service.js';

export type MailerOptions = SmtpOptions & SystemSender & { readonly dkim: DkimKey | null };

@Module({})
export class MailerModule {
  static forRootAsync(options: {
    inject: symbol[];
    useFactory: (...settings: never[]) => MailerOptions;
  }): DynamicModule {
    const make =
      (from: (options: MailerOptions) => unknown) =>
      (...settings: never[]) =>
        from(options.useFactory(...settings));
    return {
      module: MailerModule,
      providers: [
        { provide: MailTransport, inject: options.inject, useFactory: make((settings) => new SmtpTransport(settings)) },
        { provide: SYSTEM_SENDER, inject: options.inject, useFactory: make(({ from }) => ({ from })) },
        { provide: DkimSigner, inject: options.inject, useFactory: make(({ dkim }) => new DkimSigner(dkim)) },
        SystemMailer,
      ],
      exports: [MailTransport, DkimSigner, SystemMailer],
    };
  }
}
