import { Module } from '@nestjs/common';
import { ActivationsModule } from '#activations';
import { BrandModule } from '#brand';
import { CONFIG, type Config } from '#config';
import { ContactsModule } from '#contacts';
import { DeliveryModule } from '#delivery';
import { EngagementModule } from '#engagement';
import { MailerModule } from '#mailer';
import { ContactFrequency } from './contact-frequency.service.js';
import { Enrolments } from './enrolments.service.js';
import { MessageSeals } from './message-seals.service.js';
import { StepClaims } from './step-claims.service.js';
import { StepOutcomes } from './step-outcomes.service.js';
import { StepRecords } from './step-records.service.js';
import { Submission } from './submission.service.js';

const mailer = MailerModule.forRootAsync({
  inject: [CONFIG],
  useFactory: (config: Config) => ({
    url: config.SMTP_URL,
    connections: config.SEND_CONCURRENCY,
    from: config.SYSTEM_MAIL_FROM,
  }),
});

/** What api needs to tell what was decided. */
@Module({ providers: [StepRecords], exports: [StepRecords] })
export class StepRecordsModule {}

/** The scheduler's brain, with the hands that send. */
@Module({
  imports: [ActivationsModule, BrandModule, ContactsModule, DeliveryModule, EngagementModule, mailer],
  providers: [ContactFrequency, Enrolments, MessageSeals, StepClaims, StepOutcomes, Submission],
  exports: [Enrolments, StepClaims, StepOutcomes, Submission, DeliveryModule, mailer],
})
export class SequencesModule {}
