import { Injectable, Module } from '@nestjs/common';
import { Leads, LeadsModule } from '#leads';
import { LeadCreation } from '#sequences';

/**
 * Connects lead steps of sequences with the lib `leads`, which `sequences` may
 * not import.
 */
@Injectable()
class SequenceLeads extends LeadCreation {
  constructor(private readonly leads: Leads) {
    super();
  }

  async create(...[actor, lead]: Parameters<LeadCreation['create']>): Promise<void> {
    await this.leads.fromSequence(actor, lead);
  }
}

@Module({
  imports: [LeadsModule],
  providers: [{ provide: LeadCreation, useClass: SequenceLeads }],
  exports: [LeadCreation],
})
export class LeadCreationModule {}
