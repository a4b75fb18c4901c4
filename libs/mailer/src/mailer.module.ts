import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { type DkimKey, DkimSigner } from './dkim-signer.service.js';
import { MailTransport } from './mail-transport.adapter.js';
import { SYSTEM_SENDER, SystemMailer, type SystemSender } from './system-mailer.service.js';

export type MailerOptions = SystemSender & { readonly dkim: DkimKey | null };

@Module({})
export class MailerModule {
  /**
   * @param options `transport`: the provider that sends, from one of `imports`.
   */
  static forRootAsync(options: {
    imports: NonNullable<DynamicModule['imports']>;
    transport: Type<MailTransport>;
    inject: symbol[];
    useFactory: (...settings: never[]) => MailerOptions;
  }): DynamicModule {
    const make =
      (from: (options: MailerOptions) => unknown) =>
      (...settings: never[]) =>
        from(options.useFactory(...settings));
    return {
      module: MailerModule,
      imports: options.imports,
      providers: [
        { provide: MailTransport, useExisting: options.transport },
        { provide: SYSTEM_SENDER, inject: options.inject, useFactory: make(({ from }) => ({ from })) },
        { provide: DkimSigner, inject: options.inject, useFactory: make(({ dkim }) => new DkimSigner(dkim)) },
        SystemMailer,
      ],
      exports: [MailTransport, DkimSigner, SystemMailer],
    };
  }
}
